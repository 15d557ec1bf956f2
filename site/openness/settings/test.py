"""What the tests run with."""

import os

from .base import *

SECRET_KEY = "only-for-tests"
DEBUG = False
ALLOWED_HOSTS = ["*"]
# Hashing a password for real costs more than most tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tasks run where they are enqueued, so that a test sees their effect.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
MEDIA_ROOT = VAR_DIR / "test-media"
SERVE_MEDIA = True
STORAGES["documents"]["OPTIONS"] = {"location": str(VAR_DIR / "test-documents")}
# Processes that share an Elasticsearch have indices of their own.
if "elasticsearch" in WAGTAILSEARCH_BACKENDS:
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    WAGTAILSEARCH_BACKENDS["elasticsearch"]["INDEX_PREFIX"] = f"openness_test_{_worker}_"
