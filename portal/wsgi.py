"""The web server's entrance."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from boroughs.logs import WithoutRows, WithoutTokens
from boroughs.rows import refuse_powerful_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
refuse_powerful_role()
logging.getLogger("gunicorn.access").addFilter(WithoutTokens())
logging.getLogger("gunicorn.error").addFilter(WithoutRows())
