"""The few values that differ in tests."""

import os

os.environ.setdefault("SECRET_KEY", "tests only")
os.environ.setdefault("HTTPS", "0")
# A snapshot's thread has a connection of its own and cannot see what a test has not committed.
os.environ.setdefault("SNAPSHOT_SECONDS", "0")

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
# Look for a static file when it is asked for: reading them all anew for each test client takes longer than most tests.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if "EMAIL_URL" not in os.environ:  # a worker under test may be given a real SMTP server
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_GATEWAY = "profiles.channels.sms.Outbox"
