from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkey
from allauth.usersessions import views as sessions
from django.urls import path
from django.views.generic import RedirectView

from milium_site.people import applying, checking, operating, views


# The names are django-allauth's: it looks its own pages up by them. What is not listed here does not exist.
entrance = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/code/", account.request_login_code, name="account_request_login_code"),
    path("sign-in/code/enter/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/second/", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/forgotten/", account.password_reset, name="account_reset_password"),
    path(
        "sign-in/forgotten/code/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "sign-in/forgotten/new/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "sign-in/forgotten/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/new/", account.signup, name="account_signup"),
    path("account/code/", account.email_verification_sent, name="account_email_verification_sent"),
]
security = [
    path("security/", views.security, name="mfa_index"),
    path(
        "security/passkeys/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path("security/passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("security/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("security/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("security/again/", account.reauthenticate, name="account_reauthenticate"),
    path("security/again/code/", factor.reauthenticate, name="mfa_reauthenticate"),
    path(
        "security/again/passkey/",
        passkey.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("security/password/", account.password_change, name="account_change_password"),
    path("security/password/first/", account.password_set, name="account_set_password"),
    path("security/address/", account.email, name="account_email"),
    path("security/devices/", sessions.list_usersessions, name="usersessions_list"),
]
urlpatterns = [
    *entrance,
    *security,
    path("home/", views.home, name="home"),
    path("profile/", views.profile, name="profile"),
    path("apply/", applying.apply, name="apply"),
    path("moderate/applications/", checking.applications, name="applications"),
    path("moderate/applications/<int:pk>/", checking.application, name="application"),
    path("moderate/applications/<int:pk>/evidence/", checking.evidence, name="evidence"),
    path("moderate/specialists/<int:pk>/", checking.specialist, name="specialist"),
    path("operator/people/", operating.people, name="operator-people"),
    path("operator/people/<int:pk>/", operating.person, name="operator-person"),
]
