# What people and CI run. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PYTEST := $(BIN)/pytest
PIP := $(BIN)/python -m pip install --disable-pip-version-check --constraint requirements.lock

# The paths that hold Python of ours; `site` is a path entry (docs/decisions/0001).
export PYTHONPATH := .:site

# $(call title,text): the heading of a section.
title = @printf '\n\033[1m%s\033[0m\n' '$(1)'
# $(call step,text,command): seconds when it went well, the whole output only when it did not.
define step
@printf '  %-32s' '$(1)'; SECONDS=0; \
if output=$$($(2) 2>&1); then echo "ok, $${SECONDS} s"; else echo 'failed'; printf '%s\n' "$$output"; exit 1; fi
endef

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  \033[1m%-18s\033[0m %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

## Setting up

$(BIN)/python:
	@for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then echo 'Openness needs Python 3.11 or newer: install it, or name it with PYTHON=…'; exit 1; fi; \
	echo "Making $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv --clear $(VENV) || { rm -rf $(VENV); echo 'On Debian and Ubuntu: apt install python3-venv'; exit 1; }

$(VENV)/.runtime: requirements.txt requirements.lock | $(BIN)/python
	@echo 'Installing what the site runs on (about a minute, once)'
	@$(PIP) -r requirements.txt | { grep --line-buffered -E '^(Collecting|Installing)' || true; }
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt requirements.lock | $(BIN)/python
	@echo 'Installing the site and its tools (two minutes, once)'
	@$(PIP) -r requirements-dev.txt | { grep --line-buffered -E '^(Collecting|Installing)' || true; }
	@touch $@ $(VENV)/.runtime

.PHONY: install lock
install: $(VENV)/.dev ## make .venv with everything in it; instant when nothing changed
	@echo "$(VENV) is ready: $(BIN)/python manage.py, $(BIN)/pytest"

lock: $(VENV)/.dev ## write the exact versions of .venv to requirements.lock
	@$(BIN)/python -m pip freeze --disable-pip-version-check > requirements.lock

## Running

.PHONY: demo
demo: $(VENV)/.runtime ## the demo city on http://localhost:8000/ (another port: make demo PORT=8080)
	@$(BIN)/python demo/serve.py --port $(PORT)

## Checking

.PHONY: test test-sqlite test-postgres test-elasticsearch test-browser test-deep lint format messages
test: lint test-sqlite test-postgres test-elasticsearch test-browser ## all that CI checks

test-sqlite: $(VENV)/.dev ## the tests on SQLite
	$(call title,Tests on SQLite)
	@env -u DATABASE_URL -u ELASTICSEARCH_URL $(PYTEST) -n $(WORKERS)

test-postgres: $(VENV)/.dev ## the tests on a private PostgreSQL
	$(call title,Tests on PostgreSQL)
	@env -u ELASTICSEARCH_URL $(BIN)/python -m tests.engines.postgres $(PYTEST) -n $(WORKERS) --ignore tests/venues/hours

test-elasticsearch: $(VENV)/.dev ## what asks Elasticsearch: ELASTICSEARCH_URL, or a private server
	$(call title,Tests on Elasticsearch)
	@env -u DATABASE_URL $(BIN)/python -m tests.engines.elasticsearch $(PYTEST) -n $(WORKERS) \
	  -m 'elasticsearch and not deep' tests/search

test-browser: $(VENV)/.dev ## the journeys in Chromium, against the demo city
	$(call title,Tests in a browser)
	@env -u DATABASE_URL -u ELASTICSEARCH_URL $(PYTEST) -m 'e2e and not deep' --screenshot only-on-failure tests/e2e

test-deep: $(VENV)/.dev ## the long ones: properties, screenshots, faults
	$(call title,Deep tests)
	@env -u DATABASE_URL -u ELASTICSEARCH_URL $(PYTEST) -m deep

lint: $(VENV)/.dev ## style, borders, types, migrations, settings, messages
	$(call title,Style and types)
	$(call step,style (ruff check),$(BIN)/ruff check)
	$(call step,format (ruff format),$(BIN)/ruff format --check)
	$(call step,templates (djlint),$(BIN)/djlint --quiet --lint templates)
	$(call step,borders (import-linter),$(BIN)/lint-imports --no-logo)
	$(call step,types (mypy),$(BIN)/mypy)
	$(call step,migrations,DJANGO_SETTINGS_MODULE=openness.settings.test DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run)
	$(call step,production settings,env $$(grep -v '^#' tests/production.env | xargs) $(MANAGE) check --deploy --fail-level WARNING)
	$(call step,messages,$(PYTEST) -q tests/test_messages.py)

format: $(VENV)/.dev ## put Python into the common form
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

messages: $(VENV)/.dev ## collect the texts to translate, and compile the catalogues
	@$(MANAGE) makemessages --locale zh_Hans --no-wrap --add-location file --no-obsolete \
	  --ignore var --ignore tests --ignore demo --ignore benchmarks
	@$(MANAGE) compilemessages --locale zh_Hans --ignore .venv
