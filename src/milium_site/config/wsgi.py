"""What a web server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "milium_site.config.settings")

application = get_wsgi_application()

# Models load with the application: only then can the archive's index follow the database.
from milium_site.archive.keeper import follow  # noqa: E402


follow()
