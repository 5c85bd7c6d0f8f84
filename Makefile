# The purpose of this Makefile is that nobody needs to remember commands.
# `make demo` and `make test` do their own set-up on a machine that has only Python and the package registries.
PYTHON ?= python3
BIN := .venv/bin
# A stamp that is older than the lock means: install again.
STAMP := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo test serve check fix bench lock clean

help: ## Print these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv with everything pinned in requirements-dev.lock

$(STAMP): requirements-dev.lock pyproject.toml
	@echo "==> Python environment in .venv (about 1.6 GB with speech models; a minute or two)"
	@$(PYTHON) -c 'import sys; v=sys.version_info[:2]; sys.exit(0 if (3,11)<=v<(3,14) else "voicebot needs Python 3.11 to 3.13; run: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/voicebot models prepare
	@touch $(STAMP)

demo: setup ## Place two spoken calls: one is answered, one is transferred
	@$(BIN)/voicebot demo

test: setup ## Run all tests
	@$(BIN)/python -m pytest -q

serve: setup ## Run the service for the carrier (see README for a real telephone number)
	@$(BIN)/voicebot serve

check: setup ## Format check, lint, types, architecture, the city's content
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/voicebot check

fix: setup ## Format and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## Measure speed, delay, recognition and memory (several minutes)
	@$(BIN)/python -m bench

lock: ## Renew the hash-pinned lock files from pyproject.toml (needs the tool uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet --all-extras --no-emit-index-url pyproject.toml --output-file requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet --all-extras --group dev --no-emit-index-url pyproject.toml --output-file requirements-dev.lock

clean: ## Remove the environment and everything made by running
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
