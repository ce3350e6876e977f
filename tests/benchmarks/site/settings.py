"""The values under which pages are measured: those of tests, and an address that does nothing."""

from config.settings_test import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.site.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
