# One image for web, worker, beat and the one-shot migration. It holds no secret and runs as an ordinary user.
ARG PYTHON_IMAGE=python:3.11.15-slim-bookworm

# -- What is fetched and compiled: GOV.UK Frontend and the typefaces, by their lock file ---------------------
FROM ${PYTHON_IMAGE} AS frontend
WORKDIR /app
COPY requirements/local.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/local.txt
COPY package.json package-lock.json ./
COPY govuk govuk
COPY reports reports
RUN python -m govuk.build && python -m reports.print.fonts && rm -rf build/node build/test

# -- What runs ----------------------------------------------------------------------------------------------
FROM ${PYTHON_IMAGE} AS portal
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=portal.settings
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal
WORKDIR /app
COPY requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/runtime.txt
COPY manage.py ./
COPY docker/health.py docker/
COPY static static
COPY templates templates
COPY audit audit
COPY govuk govuk
COPY accounts accounts
COPY boroughs boroughs
COPY papers papers
COPY toolkit toolkit
COPY sheets sheets
COPY reports reports
COPY portal portal
COPY --from=frontend /app/build build
# Settings want their variables even where nothing is connected to: these are used for this one command
RUN SECRET_KEY=collecting SITE_URL=https://collecting.invalid ALLOWED_HOSTS=collecting.invalid \
    DATABASE_URL=postgres://collecting.invalid/portal REDIS_URL=redis://collecting.invalid \
    FILES_MASTER_KEY=Y29sbGVjdGluZyBpcyBhbGwgdGhhdCBpdCBpcyBmb3I= \
    python manage.py collectstatic --noinput --verbosity=0 \
    && python -m compileall -q audit govuk accounts boroughs papers toolkit reports portal \
    && install --directory --owner=portal --mode=0700 /srv/files
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "docker/health.py"]
# The access log names the page and neither its query nor where the reader came from: words looked for are nobody's business
CMD ["gunicorn", "portal.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=4", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-", \
     "--access-logformat", "%(h)s %(t)s %(m)s %(U)s %(s)s %(B)s %(L)s"]
