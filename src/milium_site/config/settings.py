"""The one settings file. Every value that an operator may change comes from the environment; docs/site.md lists them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from milium_site.config import database, env, instance, mail, storage
from milium_site.foundation.envelope import MasterKey, new_secret


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
# What private words and files are sealed with: the first key seals, those behind it still open what they sealed.
MILIUM_ENCRYPTION_KEYS = env.keys("MILIUM_ENCRYPTION_KEY")
if PRODUCTION and not MILIUM_ENCRYPTION_KEYS:
    raise ImproperlyConfigured(
        "production needs MILIUM_ENCRYPTION_KEY or MILIUM_ENCRYPTION_KEY_FILE. Make one: milium manage new_key"
    )
MILIUM_ENCRYPTION_KEYS = MILIUM_ENCRYPTION_KEYS or (
    MasterKey.parse(instance.own_secret(MILIUM_HOME / "encryption_key", new_secret)),
)
# What backups are sealed with; where none is given, the keys above.
MILIUM_BACKUP_KEYS = env.keys("MILIUM_BACKUP_KEY")
ALLOWED_HOSTS = env.words(
    "MILIUM_ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]")
)
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("production needs MILIUM_ALLOWED_HOSTS, such as skin.example.org")
CSRF_TRUSTED_ORIGINS = env.words("MILIUM_TRUSTED_ORIGINS")

# What the operator decides about cases.
MILIUM_PANEL_SIZE = env.integer("MILIUM_PANEL_SIZE", 3, least=1)
# For how long a place on a panel is held without an answer; after how long a case makes do with the answers it has.
MILIUM_SEAT_HOURS = env.integer("MILIUM_SEAT_HOURS", 24, least=1)
MILIUM_ANSWER_HOURS = env.integer("MILIUM_ANSWER_HOURS", 72, least=1)
MILIUM_TEXT_LIMIT = env.integer("MILIUM_TEXT_LIMIT", 10_000, least=500)
MILIUM_COUNTRY = env.text("MILIUM_COUNTRY", "US")
# Whether somebody looks at a case before the panel can see it.
MILIUM_SCREENING = env.choice("MILIUM_SCREENING", "moderator", ("moderator", "none"))
# Where the end of the record is kept a second time, outside the database.
MILIUM_RECORD_ANCHORS = Path(env.text("MILIUM_RECORD_ANCHORS", str(MILIUM_HOME / "anchors")))
# Months after which somebody looks at a published case again.
MILIUM_REVIEW_MONTHS = env.integer("MILIUM_REVIEW_MONTHS", 24, least=1)

# For how many days things are kept after what last happened to them; 0 is for good. How long a medical record must be
# kept is for the law of the place to say, so closed cases stay until the operator sets a term.
MILIUM_KEEP_DRAFTS_DAYS = env.integer("MILIUM_KEEP_DRAFTS_DAYS", 90)
MILIUM_KEEP_CLOSED_DAYS = env.integer("MILIUM_KEEP_CLOSED_DAYS", 0)
MILIUM_KEEP_WITHDRAWN_DAYS = env.integer("MILIUM_KEEP_WITHDRAWN_DAYS", 365)
MILIUM_KEEP_BACKUPS_DAYS = env.integer("MILIUM_KEEP_BACKUPS_DAYS", 30, least=1)

# Telling people. Mail goes into a folder until a server is named; nothing is pushed until it is switched on.
MILIUM_ADDRESS = env.text(
    "MILIUM_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000"
).rstrip("/")
MILIUM_MAIL_FOLDER = MILIUM_HOME / "mail"
globals().update(mail.settings_from(env.secret("MILIUM_EMAIL_URL")))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "MILIUM_MAIL_FROM", f"no-reply@{urlsplit(MILIUM_ADDRESS).hostname}"
)
MILIUM_DIGEST_HOURS = env.integer("MILIUM_DIGEST_HOURS", 12, least=1)
MILIUM_PUSH = env.flag("MILIUM_PUSH", default=False)
MILIUM_PUSH_HOSTS = env.words("MILIUM_PUSH_HOSTS")
MILIUM_VAPID_KEY_FILE = Path(env.text("MILIUM_VAPID_KEY_FILE", str(MILIUM_HOME / "vapid.pem")))

# Programs: requests a minute for a token and for an address; whether webhooks may lead to this machine (for trying them out).
MILIUM_API_RATE = env.integer("MILIUM_API_RATE", 300, least=1)
MILIUM_API_RATE_ADDRESS = env.integer("MILIUM_API_RATE_ADDRESS", 600, least=1)
MILIUM_WEBHOOKS_LOCAL = env.flag("MILIUM_WEBHOOKS_LOCAL", default=False)

MILIUM_METRICS_TOKEN = env.secret("MILIUM_METRICS_TOKEN")

# Work for later is kept in the database: a job is there if and only if what asked for it was committed.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

INSTALLED_APPS = [
    "milium_site.foundation",
    "milium_site.jobs",
    "milium_site.record",
    "milium_site.people",
    "milium_site.notices",
    "milium_site.cases",
    "milium_site.photos",
    "milium_site.threads",
    "milium_site.consents",
    "milium_site.outcomes",
    "milium_site.opinions",
    "milium_site.moderation",
    "milium_site.archive",
    "milium_site.casebook",
    "milium_site.keeping",
    "milium_site.exchange",
    "milium_site.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "milium_site.exchange.edge.machine",
    "django.middleware.security.SecurityMiddleware",
    "milium_site.foundation.security.headers",
    "milium_site.archive.serving.published_pages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "milium_site.foundation.uploads.bounded",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "milium_site.record.who.middleware",
    "milium_site.moderation.senders.middleware",
    "milium_site.cases.access.middleware",
    "milium_site.exchange.edge.bearing",
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

SQLITE_OPTIONS = database.SQLITE_OPTIONS
DATABASES = {
    "default": database.settings_from(
        env.secret("DATABASE_URL") or f"sqlite:///{MILIUM_HOME / 'milium.sqlite3'}",
        connections=env.integer("MILIUM_DATABASE_CONNECTIONS", 8, least=1),
        seconds=env.integer("MILIUM_DATABASE_SECONDS", 30),
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
# Whether specialists, moderators and operators must have a passkey or an authenticator app.
MILIUM_SECOND_FACTOR = env.choice("MILIUM_SECOND_FACTOR", "required", ("required", "optional"))
ACCOUNT_ADAPTER = "milium_site.people.adapter.Adapter"
ACCOUNT_FORMS = {"login": "milium_site.people.entrance.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
# An asker's account has no password: a code by e-mail opens it. Others may set one.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_RATE_LIMITS = {"apply": "5/h/user"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "milium_site.people.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Milium"
# A phone's clock may be off by half a minute.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# Attempts are counted in the database: every worker sees the same count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_counts",
    }
}

STORAGES = {
    "default": {
        "BACKEND": "milium_site.foundation.files.SealedFiles",
        "OPTIONS": storage.kept_in(env.secret("MILIUM_STORAGE_URL")),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Of this node alone: the search index, made from the database.
ARCHIVE_HOME = MILIUM_HOME / "archive"
MEDIA_ROOT = MILIUM_HOME / "media"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
STATIC_ROOT = MILIUM_HOME / "static"
STATIC_URL = "/static/"
FORM_RENDERER = "milium_site.foundation.forms.Renderer"

LANGUAGE_CODE = "en"
TIME_ZONE = env.text("MILIUM_TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = False

# A person may paste far too much: the form must be able to say so and give the text back.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# What is sent stays in memory until it was cleaned: there is no handler that would write it to a disk. A longer
# request is refused by foundation.uploads before it is read; the slack is for the form around a photo of 25 MB.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_SSL_REDIRECT = PRODUCTION and env.flag("MILIUM_SSL_REDIRECT", default=True)
# Whoever asks whether the site is well does so from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^health/$", r"^ready/$", r"^metrics/$"]
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
