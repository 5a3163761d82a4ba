"""The settings as mypy's plugin imports them: no server stands behind these addresses."""

import os

os.environ.setdefault("SECRET_KEY", "for the type checker")
os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("DATABASE_URL", "postgres://portal_app@127.0.0.1/portal")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/0")
os.environ.setdefault("FILES_MASTER_KEY", "A" * 43 + "=")

from portal.settings import *  # noqa: F403
