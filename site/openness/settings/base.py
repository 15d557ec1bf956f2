"""Settings that hold everywhere. What differs per place stands in dev, test and production."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from environs import Env

from .search import search_backends

env = Env()

PROJECT_DIR = Path(__file__).resolve().parent.parent
BASE_DIR = PROJECT_DIR.parent.parent
# Everything that a running site writes (database, uploads, collected static files).
VAR_DIR = Path(env.str("OPENNESS_VAR_DIR", default=str(BASE_DIR / "var")))

LOCAL_APPS = [
    "search",
    "home",
    "news",
    "venues",
    "policies",
    "openness.departments",
    "openness.media",
    "openness.accounts",
    "openness.core",
]
WAGTAIL_APPS = [
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "openness.accounts.apps.WagtailUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    # wagtail.search is the modelsearch app: adding "modelsearch" too breaks the first search.
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
DJANGO_APPS = [
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
INSTALLED_APPS = [*LOCAL_APPS, *WAGTAIL_APPS, *DJANGO_APPS]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "openness.core.middleware.AtomicAdminMiddleware",
]

ROOT_URLCONF = "openness.urls"
WSGI_APPLICATION = "openness.wsgi.application"
# A site under a path of a larger one (the usual place of a column on a .gov.cn site).
PATH_PREFIX = env.str("OPENNESS_PATH_PREFIX", default="").rstrip("/")
FORCE_SCRIPT_NAME = PATH_PREFIX or None
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{PATH_PREFIX}/"

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
                "wagtail.contrib.settings.context_processors.settings",
                "openness.core.context_processors.site_identity",
                "home.context_processors.navigation",
            ],
        },
    },
]

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'openness.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # SQLite makes its file, but not the folder around it: a fresh checkout has none.
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    # Readers never wait for the one writer, and a second writer waits instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # Compiling a query that runs for milliseconds takes PostgreSQL longer than running it. And a set of venues
    # that does not fit into the memory for one step is not hashed, but read again for every venue: with 100,000
    # of them the finder would take minutes in place of a second.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off -c work_mem=64MB"

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [
    ("zh-hans", _("Simplified Chinese")),
    ("en", _("English")),
    ("zh-hant", _("Traditional Chinese")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [PROJECT_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATICFILES_DIRS = [PROJECT_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# With the prefix: Django reads them before it knows under which path it stands.
STATIC_URL = f"{PATH_PREFIX}/static/"
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = f"{PATH_PREFIX}/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Documents lie outside of what a web server may hand out: they are served by a view that checks who asks.
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "documents")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Whether the application itself hands out pictures; in production the web server in front does.
SERVE_MEDIA = env.bool("OPENNESS_SERVE_MEDIA", default=False)
# A venue's form with its hours and rows holds more fields than Django's default of 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Errors of the site go where the process's other words go.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

WAGTAILSEARCH_BACKENDS = search_backends(env)

WAGTAIL_SITE_NAME = env.str("OPENNESS_SITE_NAME", default="Openness")
WAGTAILADMIN_BASE_URL = env.str("OPENNESS_BASE_URL", default="http://localhost:8000")
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "openness.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ofd", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Editors' browsers ask no other site for their pictures.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Slugs are pinyin (openness.core.slugs): Chinese characters in an address break when copied.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# A submitted translation must not publish the untranslated copy of a live page.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# The instant the site believes it is (ISO 8601), for demonstrations and tests; empty is the real clock.
OPENNESS_FROZEN_NOW = env.str("OPENNESS_FROZEN_NOW", default="")

# Public pages carry no inline script or style; Wagtail’s editor does.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
    },
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
}
