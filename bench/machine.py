"""What the figures were measured on."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from typing import Any

from django.db import connection
from django.utils import timezone


def machine() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    return {
        "measured": timezone.localdate().isoformat(),
        "cores": os.cpu_count(),
        "load at the start": round(os.getloadavg()[0], 1),
        "Python": platform.python_version(),
        "PostgreSQL": postgres,
        "Django": version("django"),
        "gunicorn": version("gunicorn"),
        "WeasyPrint": version("weasyprint"),
        "Chromium": chromium(),
    }


def chromium() -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return "none"
    told = subprocess.run([program, "--version"], check=True, capture_output=True, text=True)
    return told.stdout.split()[1]
