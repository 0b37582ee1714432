"""The one settings file. Every value that an operator may change comes from the environment; docs/site.md lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from milium_site.config import env, instance


# Where it runs. ``production`` asks for every secret and refuses the demo.
MILIUM_ENV = env.choice("MILIUM_ENV", "development", ("development", "production"))
PRODUCTION = MILIUM_ENV == "production"
MILIUM_HOME = instance.made(Path(env.text("MILIUM_HOME", "var")).resolve())
DEBUG = env.flag("MILIUM_DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("MILIUM_DEBUG is on in production: it shows private text. Unset it")

SECRET_KEY = env.secret("MILIUM_SECRET_KEY")
if PRODUCTION and not SECRET_KEY:
    raise ImproperlyConfigured("production needs MILIUM_SECRET_KEY or MILIUM_SECRET_KEY_FILE")
SECRET_KEY = SECRET_KEY or instance.own_secret(MILIUM_HOME / "secret_key")
ALLOWED_HOSTS = env.words(
    "MILIUM_ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]")
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("production needs MILIUM_ALLOWED_HOSTS, such as skin.example.org")
CSRF_TRUSTED_ORIGINS = env.words("MILIUM_TRUSTED_ORIGINS")

# What the operator decides about cases.
MILIUM_PANEL_SIZE = env.integer("MILIUM_PANEL_SIZE", 3, least=1)
MILIUM_TEXT_LIMIT = env.integer("MILIUM_TEXT_LIMIT", 10_000, least=500)
MILIUM_COUNTRY = env.text("MILIUM_COUNTRY", "US")

INSTALLED_APPS = [
    "milium_site.foundation",
    "milium_site.people",
    "milium_site.cases",
    "milium_site.opinions",
    "milium_site.config",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "milium_site.foundation.security.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "milium_site.config.urls"
WSGI_APPLICATION = "milium_site.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "milium_site.foundation.context.site",
            ],
        },
    },
]

# SQLite serves one machine: readers never wait (WAL), writers queue from their first statement
# (IMMEDIATE), so that two of them can never both read and then both fail to write.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
DATABASE: dict[str, Any] = dict(
    dj_database_url.parse(
        env.secret("DATABASE_URL") or f"sqlite:///{MILIUM_HOME / 'milium.sqlite3'}",
        conn_health_checks=True,
    )
)
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE.setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    DATABASE["CONN_MAX_AGE"] = 60
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "milium_site.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "queue"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = MILIUM_HOME / "media"
STATIC_ROOT = MILIUM_HOME / "static"
STATIC_URL = "/static/"
FORM_RENDERER = "milium_site.foundation.forms.Renderer"

LANGUAGE_CODE = "en"
TIME_ZONE = env.text("MILIUM_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = False

# A person may paste far too much: the form must be able to say so and give the text back.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("MILIUM_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("MILIUM_BEHIND_PROXY", default=False) else None
)
SECURE_CONTENT_TYPE_NOSNIFF = True
# A case's address is its key. ``same-origin`` keeps it from other sites; ``no-referrer`` would
# make browsers send ``Origin: null`` and forms would be refused.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "milium_site.foundation.views.form_expired"

# Request paths hold secret links: only the status line of a failed request is logged, by type.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_links": {"()": "milium_site.foundation.logs.HideLinks"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_links"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
