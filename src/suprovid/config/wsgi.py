"""The way in for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suprovid.config.settings")
application = get_wsgi_application()

# What is loaded lives as long as the process: looking through it for garbage took 70 ms
# of somebody's page every now and then.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
