"""A laptop or a demonstration: nothing to configure."""

from .base import *

DEBUG = env.bool("OPENNESS_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-and-demonstrations")
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# Static files come straight from the source folders, without collectstatic.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
