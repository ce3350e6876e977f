"""One file, read from the environment. Production differs by values, never by code."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import compiled, entrance, env

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"
compiled.prepare()  # before anything imports the engine

DEBUG = env.flag("DEBUG")
# The demo market: simulated graduates answer offers, short offer windows, printed log-ins. Off by default.
DEMO_MARKET = env.flag("JINZU_DEMO_MARKET")
SECRET_KEY = env.secret("SECRET_KEY", default=secrets.token_urlsafe(50) if DEBUG or DEMO_MARKET else None)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.secret("SITE_URL", default=f"http://127.0.0.1:{env.number('PORT', 8000)}")
HTTPS = env.flag("HTTPS", default=not (DEBUG or DEMO_MARKET))

INSTALLED_APPS = [
    "config.site.JinzuAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.weixin",
    "config.apps.HouseConfig",
    "hubs",
    "profiles",
    "jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # A page is a quarter of its size on a phone's line; Django pads at random, so that lengths tell nothing.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.again.KeepTyped",
    "config.http.DomainErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.http.site",
                "jobs.web.context.notices",
            ],
            "builtins": [
                "config.formats",
                "config.drawing",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]
FORM_RENDERER = "config.forms.JinzuRenderer"

# -- database, cache, queue -------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.secret("DATABASE_URL", default="postgresql:///jinzu"))}
DATABASES["default"]["CONN_MAX_AGE"] = env.number("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"].setdefault(
    "options",
    "-c lock_timeout=3s -c idle_in_transaction_session_timeout=60s"
    f" -c statement_timeout={env.number('STATEMENT_TIMEOUT_MS', 15000)}",
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.secret("REDIS_URL", default="redis://127.0.0.1:6379")
REDIS_PREFIX = env.secret("REDIS_PREFIX", default="jinzu")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.redis_for_cache(REDIS_URL),
        "KEY_PREFIX": REDIS_PREFIX,
        # A page waits a moment for a cache that is away, not for redis-py's several seconds of retries.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 0)},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_BROKER_URL = env.redis_for_celery(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than any task may run; the queue of record is in PostgreSQL, so redelivery is only a second bell.
    "visibility_timeout": 1800,
    "global_keyprefix": f"{REDIS_PREFIX}:",
    "socket_keepalive": not REDIS_URL.startswith("unix:"),
    "health_check_interval": 30,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(LOCAL_DIR / "beat-schedule")
CELERY_TIMEZONE = "Asia/Shanghai"

# -- people -----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "profiles.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "profiles.web.passwords.LongEnough", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_ADAPTER = "profiles.web.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# Our form asks for either in one field; the star is what codes by mail want to read here.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]
ACCOUNT_FORMS = entrance.FORMS
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
# Only with a code from the mailbox can sign-up answer the same for a known and an unknown address.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_CONFIRMATION_AUTHENTICATED_REDIRECT_URL = "/my/account/"
ACCOUNT_CHANGE_EMAIL = True  # one address an account: a proved new one takes the place of the old one
# Django's own generator: allauth's would write an address row for whoever asks, known here by nobody else.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_RATE_LIMITS = entrance.RATE_LIMITS
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO_MARKET  # browsers allow it for localhost alone
MFA_ADAPTER = "profiles.web.adapter.PasskeyAdapter"
MFA_FORMS = {"add_webauthn": "profiles.web.codes.AddPasskeyForm"}
WEIXIN_APP_ID = env.secret("WEIXIN_APP_ID", default="")
SOCIALACCOUNT_PROVIDERS = entrance.providers(WEIXIN_APP_ID, env.secret("WEIXIN_SECRET", default=""))
SOCIALACCOUNT_AUTO_SIGNUP = False  # Weixin knows no date of birth, and we must
SOCIALACCOUNT_ADAPTER = "profiles.web.adapter.WeixinAdapter"
SOCIALACCOUNT_FORMS = {"signup": "profiles.web.entrance.WeixinSignUpForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_TLS_PROXY") else 0

# -- words, places, time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"  # how the page tells time; the table keeps UTC

# -- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.bundle.SheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# -- mail -------------------------------------------------------------------------------------------------
vars().update(env.mail(env.secret("EMAIL_URL", "outbox://" if DEMO_MARKET else f"file://{LOCAL_DIR}/mail")))
DEFAULT_FROM_EMAIL = env.secret("DEFAULT_FROM_EMAIL", default="Jinzu <no-reply@jinzu.example>")
# The class that carries text messages, see profiles/channels/sms.py. Empty: none, and numbers are not asked for.
SMS_GATEWAY = env.secret("SMS_GATEWAY", "profiles.channels.sms.Outbox" if DEBUG or DEMO_MARKET else "")

# -- API --------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.drf.StrictJSON"],
    "DEFAULT_PAGINATION_CLASS": "config.drf.Pages",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["config.drf.PersonThrottle", "config.drf.VisitorThrottle"],
    "DEFAULT_THROTTLE_RATES": {"person": "600/min", "visitor": "120/min"},
    "EXCEPTION_HANDLER": "config.drf.exception_handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Jinzu API",
    "DESCRIPTION": "Work for graduates, crews for micro-drama shoots.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # One name for each set of choices, however many fields offer it.
    "ENUM_NAME_OVERRIDES": {"CharacterSexEnum": "jobs.models.Role.Sex"},
}

# -- safety -----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A form that leads on to Weixin is stopped by the browser unless its address is named here.
        "form-action": [SELF, "https://open.weixin.qq.com"] if WEIXIN_APP_ID else [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "config.again.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_TLS_PROXY") else None
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "DENY"

# -- who runs this site: law wants it on every page -------------------------------------------------------
OPERATOR_NAME = env.secret("OPERATOR_NAME", default="")
HR_LICENCE_NUMBER = env.secret("HR_LICENCE_NUMBER", default="")

# -- the market -------------------------------------------------------------------------------------------
OFFER_WINDOW_SECONDS = env.number("OFFER_WINDOW_SECONDS", 60 if DEMO_MARKET else 12 * 3600)
WORK_LEASE_SECONDS = env.number("WORK_LEASE_SECONDS", 30)
# Pages that rank answer from a copy of the market in memory, this many seconds old at most. 0: from the database.
SNAPSHOT_SECONDS = env.number("SNAPSHOT_SECONDS", 1)

if DEMO_MARKET and HTTPS:
    raise ImproperlyConfigured("JINZU_DEMO_MARKET answers offers by itself: not on a public HTTPS site")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Tells of every table of a font that a sheet of paper leaves out.
    "loggers": {"fontTools": {"level": "WARNING"}},
}
