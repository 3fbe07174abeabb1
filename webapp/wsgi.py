"""What a WSGI server loads: ``webapp.wsgi:app``."""

from webapp import create_app
from webapp.settings import read_settings

app = create_app(read_settings())
