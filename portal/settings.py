"""Every setting of the portal, and the only reader of the environment (.env.example explains each variable)."""

from pathlib import Path
from urllib.parse import unquote

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from papers.sealing import read_key
from portal import demonstration

ROOT = Path(__file__).resolve().parent.parent
env = environ.Env()

# -- What this installation is ------------------------------------------------------------------
try:
    SECRET_KEY = env("SECRET_KEY")
    SITE_URL = env("SITE_URL").rstrip("/")
    DATABASE_URL = env("DATABASE_URL")
    REDIS_URL = env("REDIS_URL")
    FILES_MASTER_KEY = env("FILES_MASTER_KEY")
except ImproperlyConfigured as missing:
    raise ImproperlyConfigured(f"{missing}: see .env.example for what it means") from None

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
DEMONSTRATION = env.bool("DEMONSTRATION", default=False)
DEMONSTRATION_PASSWORD: str = demonstration.PASSWORD  # refused outside a local run
INSECURE_LOCAL_HTTP = env.bool("INSECURE_LOCAL_HTTP", default=False)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

_LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]", "testserver"}
if (DEMONSTRATION or INSECURE_LOCAL_HTTP or DEBUG) and not set(ALLOWED_HOSTS) <= _LOCAL_HOSTS:
    raise ImproperlyConfigured(
        "DEMONSTRATION, INSECURE_LOCAL_HTTP and DEBUG are for this machine only: "
        "unset them, or let ALLOWED_HOSTS name local addresses only (see .env.example)"
    )

# -- The house ----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.postgres",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "pgtrigger",
    "pghistory",
    "govuk",
    "audit",
    "accounts",
    "boroughs",
    "papers",
    "toolkit",
    "sheets",
    "reports",
    "portal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.NoStore",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # outside the transaction: allauth writes e-mails at its end
    "boroughs.rows.ActAsVisitor",
    "boroughs.refused.RecordRefused",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.typed.KeepTyped",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.middleware.NotAllowedPage",  # innermost: its page is made for the visitor, like the others
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "govuk.forms.Renderer"

# -- PostgreSQL and Valkey or Redis ---------------------------------------------------------------
# The web, the worker and beat connect as portal_app; only the migrating process is given the owner's address.
_database = env.db_url_config(DATABASE_URL)
DATABASES = {
    "default": {
        **_database,
        "HOST": unquote(_database["HOST"]),  # a socket's folder is written %2Frun%2F… in an address
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
    }
}
PGHISTORY_APPEND_ONLY = True

# -- Background work: the row is the truth, Celery the doorbell -------------------------------------
CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 1,
}
CELERY_TASK_PUBLISH_RETRY = False  # a rung doorbell nobody hears is made good by the sweeper
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "sweep-renderings": {
        "task": "reports.tasks.sweep_renderings",
        "schedule": 10.0,
        "options": {"expires": 10},  # while no worker runs, sweeps do not pile up
    },
    "sweep-sheets": {
        "task": "sheets.tasks.sweep_sheets",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "keep-files-well": {"task": "papers.tasks.keep_files_well", "schedule": 300.0},
    "look-at-retention": {"task": "portal.tasks.look_at_retention", "schedule": 24 * 3600.0},
    "send-reminders": {
        "task": "portal.tasks.send_reminders",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "remind-of-clearances": {
        "task": "reports.tasks.remind_of_clearances",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "tidy-store": {"task": "papers.tasks.tidy_store", "schedule": 3600.0},
    "purge-accounts": {"task": "accounts.tasks.purge", "schedule": 3600.0},
}
RENDER_LEASE_SECONDS = 100  # above the 70 seconds that a rendering may take at the very most
RENDER_ATTEMPTS = 3
SHEET_LEASE_SECONDS = 120  # a longer writing is kept from other workers by its locked row
SHEET_ATTEMPTS = 3

# -- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_FORMS = {
    "login": "accounts.forms.Login",
    "change_password": "accounts.forms.ChangePassword",
    "set_password": "accounts.forms.SetPassword",
    "reset_password": "accounts.forms.ResetPassword",
    "reset_password_from_key": "accounts.forms.ResetPasswordKey",
    "reauthenticate": "accounts.forms.Reauthenticate",
}
ACCOUNT_ADAPTER = "boroughs.signing_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = (
    "none"  # addresses come from invitations, proved by following their link
)
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Prevent duty portal: "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition(":")[0]
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# The second factor: a code of an authenticator app, a passkey, or one of ten recovery codes
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Prevent duty portal"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds before and after; each code works once all the same
MFA_RECOVERY_CODES_SHOW_ONCE = False  # shown again to whoever has just proved who they are
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.SecondStep",
    "reauthenticate": "accounts.second_factor_forms.SecondStepAgain",
    "activate_totp": "accounts.second_factor_forms.ActivateTotp",
    "add_webauthn": "accounts.second_factor_forms.AddPasskey",
    "edit_webauthn": "accounts.second_factor_forms.RenamePasskey",
    "authenticate_webauthn": "accounts.second_factor_forms.UsePasskey",
    "reauthenticate_webauthn": "accounts.second_factor_forms.UsePasskeyAgain",
}
ANONYMOUS_USER_NAME = None  # guardian: no user stands for the public
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # "backend not first" is meant: allauth's comes first

# -- Sessions and cookies -------------------------------------------------------------------------
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, in seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not INSECURE_LOCAL_HTTP
SESSION_COOKIE_NAME = "portal-session" if INSECURE_LOCAL_HTTP else "__Host-session"
CSRF_COOKIE_NAME = "portal-csrf" if INSECURE_LOCAL_HTTP else "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# -- What browsers are told -------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not INSECURE_LOCAL_HTTP
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
# Behind a proxy of ours its word on scheme and visitor's address counts; without one nobody's does.
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
SECURE_HSTS_SECONDS = 0 if INSECURE_LOCAL_HTTP else 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not INSECURE_LOCAL_HTTP
SECURE_HSTS_PRELOAD = not INSECURE_LOCAL_HTTP
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# -- Uploads and input ------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # bytes: the longest form is text
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["papers.uploads.Handler"]  # refuses a file that the page does not ask for

# -- Files: papers and their versions, in no folder that is served -------------------------------------
FILES_ROOT = Path(env("FILES_ROOT", default=str(ROOT / "var" / "files")))
FILES_MASTER_KEY_OLD = env.list("FILES_MASTER_KEY_OLD", default=[])
for _key in (FILES_MASTER_KEY, *FILES_MASTER_KEY_OLD):
    try:
        read_key(_key)
    except ValueError as wrong:
        raise ImproperlyConfigured(f"FILES_MASTER_KEY {wrong}: see .env.example") from None
FILES_QUOTA = env.int("FILES_QUOTA", default=20 * 1024**3)  # bytes a borough may keep
FILES_KEEP_FREE = env.int("FILES_KEEP_FREE", default=1024**3)  # bytes of the disk left alone
UPLOAD_LIMIT = env.int("UPLOAD_LIMIT", default=25 * 1024**2)  # bytes in one file
ACCEL_PREFIX = env("ACCEL_PREFIX", default="")
CLAMD_SOCKET = env(
    "CLAMD_SOCKET", default=""
)  # the virus scanner: a path or host:port; empty is off

# -- Static files: ours, and the front end fetched by `python -m govuk.build` --------------------------
STATIC_BUILD = Path(env("STATIC_BUILD", default=str(ROOT / "build" / "frontend")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(ROOT / "build" / "static")))
STATICFILES_DIRS = [ROOT / "static", STATIC_BUILD]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.InMemoryStorage"
    },  # nothing is uploaded to a folder
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
PRINT_BUILD = Path(env("PRINT_BUILD", default=str(ROOT / "build" / "print")))

# -- Words, dates, mail, logs -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
FORMAT_MODULE_PATH = ["portal.formats"]
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Prevent duty portal <portal@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SERVICE_NAME = "Prevent duty portal"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "without_tokens": {"()": "boroughs.logs.WithoutTokens"},
        "refused_in_one_line": {"()": "boroughs.logs.RefusedInOneLine"},
        "without_sweeps": {"()": "boroughs.logs.WithoutSweeps"},
        "without_rows": {"()": "boroughs.logs.WithoutRows"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["refused_in_one_line", "without_sweeps", "without_rows"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": "INFO"},
        "reports": {"level": "INFO"},
        "django.request": {"filters": ["without_tokens"]},
        "django.security.csrf": {"filters": ["without_tokens"]},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
