"""Settings. Everything a company sets comes from the environment (README)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
HOME = Path(os.environ.get("SUPROVID_HOME", ROOT / "var")).resolve()
TESTING = os.environ.get("SUPROVID_TESTING") == "1"


def secret() -> str:
    """The key of this installation: from the environment, else kept in its home."""
    if given := os.environ.get("SUPROVID_SECRET_KEY"):
        return given
    kept = HOME / "secret.key"
    HOME.mkdir(parents=True, exist_ok=True)
    try:
        with kept.open("x") as file:
            kept.chmod(0o600)
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text().strip()


def listed(name: str, default: str) -> list[str]:
    return [v for v in os.environ.get(name, default).split(",") if v]


SECRET_KEY = secret()
DEBUG = False
SITE_URL = os.environ.get("SUPROVID_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = listed("SUPROVID_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Addresses of our own proxies: only they may say for whom they speak.
PROXIES = listed("SUPROVID_PROXIES", "")
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "suprovid.config",
    "suprovid.web",  # above sign-in and Django: its words and pages stand before theirs
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "ninja",
    "suprovid.journal",
    "suprovid.people",
    "suprovid.clients",
    "suprovid.obligations",
    "suprovid.documents",
    "suprovid.contracts",
    "suprovid.money",
    "suprovid.handover",
    "suprovid.service",
    "suprovid.intake",
    "suprovid.notifications",
    "suprovid.card",
    "suprovid.desk",
    "suprovid.demo",
]
MIDDLEWARE = [
    "suprovid.config.middleware.BehindProxy",
    "suprovid.config.middleware.ProblemsForPrograms",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "suprovid.config.middleware.WhoIsLooking",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "suprovid.config.urls"
WSGI_APPLICATION = "suprovid.config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "suprovid.config.context.page_frame",
            ]
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HOME / 'suprovid.sqlite3'}", conn_max_age=60
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # One writer at a time, readers never wait (DESIGN 4, SQLite).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "suprovid.config.signin.StaffOnly"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
# Below the lock of axes: an address that tries many accounts, a mail box flooded with
# links. A "key" is the account at one address (signin.StaffOnly), for codes the person.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,10/5m/key",
    "reset_password": "20/h/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Suprovid"
# Phones run a little early or late: the codes next to the present one are taken too.
MFA_TOTP_TOLERANCE = 1

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "suprovid.config.errors.csrf_failed"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

USE_TZ = True
TIME_ZONE = "Europe/Kyiv"
USE_I18N = True
LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "papers", "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Letters lie in a folder until SMTP is set: nothing leaves the house by accident.
EMAIL_HOST = os.environ.get("SUPROVID_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("SUPROVID_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SUPROVID_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SUPROVID_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SUPROVID_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = HOME / "letters"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("SUPROVID_FROM", "suprovid@localhost")

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
    }
}

# The victim of a guesser is slowed down, not locked out for good: the lock is on the
# pair of account and address, and ends by itself (SECURITY D2.14).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "suprovid.config.signin.account_of"
AXES_CLIENT_IP_CALLABLE = "suprovid.config.signin.address_of"
AXES_DISABLE_ACCESS_LOG = True
AXES_LOCKOUT_CALLABLE = "suprovid.config.errors.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
