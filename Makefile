# Two commands on a new machine: `make demo` runs the portal, `make test` tests it.
PORT ?=
DATA ?=
PYTHON ?=
ARGS ?=
VENV_PYTHON := .venv/bin/python

.PHONY: help demo manage test chaos supply deploy-test image-test bench check setup setup-dev \
	check-lock check-style check-types check-imports check-templates check-migrations check-deploy check-translations check-supply

help:
	@echo 'make demo [PORT=8000] [DATA=var/demo]    run the portal with all it needs'
	@echo "make manage ARGS='…' [DATA=var/demo]     one management command on that demo's data"
	@echo 'make test [ARGS="-n 0 tests/members"]     all tests, in parallel unless told otherwise'
	@echo 'make check                               style, types, imports, templates, translations'
	@echo 'make bench                               measure, and print a table'
	@echo 'make chaos                               tests that kill real processes, one by one'
	@echo 'make supply                              list of parts (CycloneDX) and their licences'
	@echo 'make image-test                          build the container image without a registry, and run it'
	@echo 'make deploy-test                         run docs/deployment.md word by word on an empty Debian'

demo: setup
	@exec $(VENV_PYTHON) -m cluster_portal.home.demo --with-parent --port "$(PORT)" --data "$(DATA)"

manage: setup
	@exec $(VENV_PYTHON) -m cluster_portal.home.demo --data "$(DATA)" --manage $(ARGS)

test: setup-dev
	@exec $(VENV_PYTHON) -m pytest $(ARGS)

chaos: setup-dev
	@exec $(VENV_PYTHON) -m pytest -n 0 -v -m chaos $(ARGS)

supply: setup-dev
	@exec $(VENV_PYTHON) -m tests.supply parts

deploy-test: setup-dev
	@exec $(VENV_PYTHON) -m tests.deploy

image-test: setup-dev
	@exec $(VENV_PYTHON) -m tests.deploy.image

bench: setup-dev
	@exec $(VENV_PYTHON) -m bench $(ARGS)

# The first Python on this machine that is new enough makes the environment, once per lock file.
setup: LOCK := requirements-demo.txt
setup-dev: LOCK := requirements-dev.txt
setup setup-dev:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec "$$python" cluster_portal/home/demo/install.py $(LOCK); \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed; found $$(python3 --version 2>/dev/null || echo none)." >&2; \
	echo "On Debian 12: apt install python3 python3-venv" >&2; \
	exit 1

check: check-lock check-style check-types check-imports check-templates check-migrations check-deploy check-translations \
	check-supply
	@echo 'All checks passed.'

# What `manage.py` needs to start; the address makes every setting that of production on https.
CHECK_ENV := SITE_URL=https://portal.example.org ALLOWED_HOSTS=portal.example.org DEBUG=0 DEMO=0 \
	SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ \
	DATABASE_URL=postgres://portal@//nowhere/portal DATABASE_OWNER_URL=postgres://owner@//nowhere/portal REDIS_URL=unix:///nowhere EMAIL_URL=memorymail://

check-lock: setup-dev
	@$(VENV_PYTHON) -m tests.lock

check-style: setup-dev
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m tests.lint
	@$(VENV_PYTHON) -m ruff format --check --quiet . || { echo 'Run ruff format on these:'; $(VENV_PYTHON) -m ruff format --check . ; }

check-types: setup-dev
	@$(CHECK_ENV) $(VENV_PYTHON) -m mypy cluster_portal members projects theses events bench

check-imports: setup-dev
	@.venv/bin/lint-imports

check-templates: setup-dev
	@$(VENV_PYTHON) -m djlint --lint --quiet templates
	@.venv/bin/djangofmt --quiet --check templates || { echo 'Run djangofmt templates.'; exit 1; }

check-migrations: setup-dev
	@$(CHECK_ENV) $(VENV_PYTHON) -W ignore manage.py makemigrations --check --dry-run
	@$(VENV_PYTHON) -m pytest -n 0 tests/deploy/test_migrations.py

check-deploy: setup-dev
	@$(CHECK_ENV) $(VENV_PYTHON) manage.py check --deploy --fail-level WARNING

check-translations: setup-dev
	@$(VENV_PYTHON) -m tests.translations

# Known weaknesses of what is pinned, where the package index answers.
check-supply: setup-dev
	@$(VENV_PYTHON) -m tests.supply audit
