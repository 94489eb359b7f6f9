"""One settings file, driven by the environment; `.env.example` names every variable it reads."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cluster_portal.core import database, given
from cluster_portal.core.http import logs

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = env("SECRET_KEY")
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SITE_URL = env("SITE_URL").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "cluster_portal.home",
    "theses",
    "events",
    "cluster_portal.knowledge",
    "projects",
    "cluster_portal.surveys",
    "members",
    "cluster_portal.notifications",
    "cluster_portal.core",
    "cluster_portal.home.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sites",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "django_structlog",
]

MIDDLEWARE = [
    "cluster_portal.core.http.figures.count_requests",
    "cluster_portal.core.http.name_probes",
    # Before all that answers, so that static files and every error carry the headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cluster_portal.core.http.security_headers",
    "cluster_portal.core.request_cache.request_scope",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cluster_portal.core.http.refuse_malformed",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "members.views.refused.note_refusals",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cluster_portal.core.http.second_factor.ask_second_factor",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "cluster_portal.core.http.answer_unreadable",
    "cluster_portal.core.database.collisions.answer_collisions",
]

ROOT_URLCONF = "cluster_portal.urls"
WSGI_APPLICATION = "cluster_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cluster_portal.home.pages.context.site",
            ],
        },
    },
]

# A page may use a statement for five seconds; workers set their own limit, commands have none.
STATEMENT_TIMEOUT_MS = env.int("STATEMENT_TIMEOUT_MS", default=5000)
DATABASES = {"default": database.with_limits(env.db("DATABASE_URL"), STATEMENT_TIMEOUT_MS)}
if env.bool("DATABASE_POOLED", default=False):
    DATABASES["default"] = database.through_pooler(DATABASES["default"])
# Owns the tables and migrates them; the portal itself runs as a role that cannot touch the ledgers.
DATABASE_OWNER_URL = env("DATABASE_OWNER_URL", default="")
DATABASE_ROLE = DATABASES["default"].get("USER", "")

REDIS_URL = env("REDIS_URL")
# A broker that is away or frozen may cost a page half a second, never more (the outbox is swept).
_BROKER_PATIENCE = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry_on_timeout": False}
CACHES = {
    "default": {
        "BACKEND": "cluster_portal.core.http.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **_BROKER_PATIENCE,
    "max_retries": 0,
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Helsinki"
CELERY_TASK_ROUTES = {"notifications.deliver_urgent": {"queue": "urgent"}}
CELERY_BEAT_SCHEDULE_FILENAME = env("CELERY_BEAT_FILE", default="celerybeat-schedule")

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["cluster_portal.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Helsinki"
STATIC_URL = "/static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# What must not go back in time with a restored database: empty, and nothing is remembered.
STATE_ROOT = env("STATE_ROOT", default=str(BASE_DIR / "var" / "state"))
STORAGES = {
    "default": given.uploads(env("FILES_URL", default="")),
    "staticfiles": {"BACKEND": "cluster_portal.core.http.static.BundlingStorage"},
}

_EMAIL = env.email("EMAIL_URL")
vars().update(_EMAIL)
EMAIL_BACKEND = _EMAIL["EMAIL_BACKEND"].replace(
    "django.core.mail.backends.smtp", "cluster_portal.notifications.sending.smtp"
)
EMAIL_TIMEOUT = 10
FEEDBACK_EMAIL = env("FEEDBACK_EMAIL", default="palaute@example.org")
DEMO_MAIL_DIR = env("DEMO_MAIL_DIR", default="")
DEFAULT_FROM_EMAIL = env(
    "DEFAULT_FROM_EMAIL", default="Turvallisuusklusteri <portaali@example.org>"
)
BOUNCES_URL, QUIET_HOURS = env("BOUNCES_URL", default=""), env("QUIET_HOURS", default="21-7")
MAIL_PER_DOMAIN = env.int("MAIL_PER_DOMAIN", default=1200)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
AUTH_USER_MODEL = "members.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # addresses are unique without case, by a constraint
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "cluster_portal.core.http.passwords.FrugalArgon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "cluster_portal.core.http.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:desk"
ACCOUNT_ADAPTER = "members.views.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
_FORMS = {"signup": "SignUp", "login": "Login", "reset_password": "Reset", "add_email": "AddEmail"}
ACCOUNT_FORMS = {key: f"members.forms.accounts.{name}Form" for key, name in _FORMS.items()}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up only
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
PASSWORD_RESET_TIMEOUT = 3600
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
# Failures are counted in the database (members.services.sign_in_limits); a whole school signs in.
ACCOUNT_RATE_LIMITS = dict.fromkeys(["login", "login_failed"]) | dict.fromkeys(
    ["signup", "reset_password", "reset_password_from_key"], "300/5m/ip"
)
MFA_RATE_LIMITS = {"webauthn_login": "300/5m/ip"}
MFA_FORMS = {
    "authenticate": "members.views.sign_in_attempts.CodeForm",
    "reauthenticate": "members.views.sign_in_attempts.CodeAgainForm",
}
MFA_ADAPTER = "members.views.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TOTP_ISSUER = "Turvallisuusklusteri"

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cluster_portal.home.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = ["^livez$", "^readyz$"]  # a probe of one machine speaks plain http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

FORMS_URLFIELD_ASSUME_HTTPS = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

LOGGING = logs.configuration(env("LOG_LEVEL", default="INFO"))
given.report_faults(env("SENTRY_DSN", default=""))
