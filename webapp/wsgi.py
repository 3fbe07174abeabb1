"""What a WSGI server loads: ``webapp.wsgi:app``."""

import gc

from webapp import create_app
from webapp.settings import read_settings

app = create_app(read_settings())
gc.collect()
gc.freeze()  # the application itself lives as long as its process: the collector need not walk it again and again
