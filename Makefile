# Everything a person does with this project, by one word each. `make help` explains.
PYTHON ?= python3
PY := .venv/bin/python
BIN := .venv/bin
CORES := $(shell nproc 2>/dev/null || echo 2)
CODE := manage.py $(wildcard portal govuk audit accounts boroughs papers toolkit sheets reports tests bench docker)
APPS := $(wildcard portal govuk audit accounts boroughs papers toolkit sheets reports)
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(UPGRADE)
WITH_SERVERS := $(PY) -m portal.local throwaway

.DEFAULT_GOAL := help
.PHONY: help run stop demo-reset manage second-factor verify-trail shell test check fix migrations docs bench screenshots lock build prepare prepare-dev
.SILENT:
MAKEFLAGS += --no-print-directory

help:  ## Explain every target
	echo 'make TARGET, where TARGET is'
	awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	echo
	echo 'Chosen outside: PORT (8000), PORTAL_DATA (var/), DATABASE_URL and REDIS_URL (servers of your own),'
	echo 'PORTAL_PGBIN (PostgreSQL programs to use in place of the wheel), PYTHON (3.11 or later). docs/operations.md'

# -- Running ---------------------------------------------------------------------------------------
run: prepare  ## Run the whole portal here, with sample boroughs: http://127.0.0.1:8000
	exec $(PY) -m portal.local run

stop:  ## Stop a run of this clone from another terminal
	exec $(PY) -m portal.local stop

demo-reset: prepare  ## Delete this clone's database and files; the next run starts afresh
	exec $(PY) -m portal.local reset

manage: prepare  ## Django's commands on this clone's data: make manage ARGS='showmigrations'
	exec $(PY) -m portal.local manage $(ARGS)

second-factor: prepare  ## The code a sample person is asked for: make second-factor WHO=lead@barnet.example.org
	exec $(PY) -m portal.local manage second_factor_code $(WHO)

verify-trail: prepare  ## Compute the trail's chains again, and say where they do not hold
	exec $(PY) -m portal.local manage verify_trail $(ARGS)

shell: prepare  ## A Python shell on this clone's data
	exec $(PY) -m portal.local manage shell

# -- Developing ------------------------------------------------------------------------------------
test: prepare-dev  ## The whole suite on PostgreSQL, browser included: make test ARGS='tests/local -x'
	exec $(PY) -m pytest -q -n $(CORES) $(ARGS)

check: prepare-dev  ## Formatting, lint, types, floors, templates, migrations, deployment, security
	echo 'format' && $(BIN)/ruff format --quiet --check $(CODE)
	echo 'lint' && $(BIN)/ruff check --quiet $(CODE)
	echo 'types' && $(BIN)/mypy --no-error-summary
	echo 'floors' && $(BIN)/lint-imports --no-cache > build/floors.txt || { cat build/floors.txt; false; }
	echo 'templates' && find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djhtml --check > build/templates.txt 2>&1 || { cat build/templates.txt; false; }
	echo 'migrations' && $(WITH_SERVERS) $(PY) manage.py makemigrations --check --dry-run --verbosity=1
	echo 'deployment' && $(WITH_SERVERS) --production $(PY) manage.py check --deploy --fail-level WARNING
	echo 'security' && $(BIN)/bandit --quiet --recursive --severity-level medium --configfile pyproject.toml $(APPS)
	echo 'all checks pass'

fix: prepare-dev  ## Format code and templates; repair what lint can
	$(BIN)/ruff check --quiet --fix $(CODE) || true
	$(BIN)/ruff format --quiet $(CODE)
	find templates -name '*.html' -print0 | xargs -0 -r $(BIN)/djhtml

migrations: prepare-dev  ## Write migrations for changed models: make migrations ARGS='toolkit -n rating_reason'
	$(WITH_SERVERS) $(PY) manage.py makemigrations $(ARGS)

docs: prepare-dev  ## Write docs/access.md again from the code
	$(WITH_SERVERS) $(PY) manage.py write_docs

bench: prepare-dev  ## Measure pages, saves and rendering; a table, and JSON in bench/results
	exec $(PY) -m bench $(ARGS)

screenshots: prepare-dev  ## Take the README's pictures again
	exec $(WITH_SERVERS) $(PY) -m tests.screenshots $(ARGS)

lock: prepare-dev  ## Resolve requirements/*.txt from pyproject.toml: UPGRADE=--upgrade takes newer ones
	$(COMPILE) requirements/bootstrap.in -o requirements/bootstrap.txt
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra local -c requirements/runtime.txt -o requirements/local.txt
	$(COMPILE) pyproject.toml --extra local --extra dev -c requirements/local.txt -c requirements/bootstrap.txt -o requirements/dev.txt

build: prepare  ## Fetch GOV.UK Frontend and the typefaces by their lock file (the others do so by themselves)

# -- What the others need ----------------------------------------------------------------------------
FETCH = $(PY) -m govuk.build > /dev/null && $(PY) -m reports.print.fonts

prepare:
	$(PYTHON) -I portal/local/prepare.py local
	$(FETCH)

prepare-dev:
	$(PYTHON) -I portal/local/prepare.py dev
	$(FETCH)
