"""The portal's settings as they are in production, and two addresses more: pages with nothing on them."""

from portal.settings import *  # noqa: F403
from portal.settings import INSTALLED_APPS as ITS_APPS
from portal.settings import MIDDLEWARE as ITS_MIDDLEWARE

INSTALLED_APPS = [*ITS_APPS, "bench"]
ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.empty.Floor", *ITS_MIDDLEWARE]
