"""How gunicorn serves the site in production."""

wsgi_app = "openness.wsgi:application"
pythonpath = "site"
bind = "0.0.0.0:8000"
workers = 2
