# `make demo` and `make test` need Python >= 3.11 and make, and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export PROMPT ?= Why is the sea salty? A drop of rain takes a tiny bit of rock along. Rivers carry it to the sea. The sun lifts the water up again, but the salt stays. That is how, drop by drop, the sea became salty.

# Some shells forbid it; then every process would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo up test lint format typecheck check bench lock clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(STAMP) ## make .venv with everything in it

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "AutoShorts needs Python 3.11 or later; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "This Python cannot make environments: install its venv package (Debian: apt install python3-venv)"; exit 1; }
	@echo "setting up $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || { \
	  awk '/^uv==/ {p = 1} p {print} p && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt; }
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --no-python-downloads --require-hashes requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-python-downloads --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## make a short from $$PROMPT, without any key
	@env -u TEMPORAL_ADDRESS -u TEMPORAL_NAMESPACE -u TEMPORAL_PROFILE -u TEMPORAL_CONFIG_FILE -u TEMPORAL_API_KEY \
	  TEMPORAL_CONFIG_FILE=/dev/null AUTOSHORTS_ONLINE=0 AUTOSHORTS_PLANNER=rules AUTOSHORTS_IMAGES=painter \
	  AUTOSHORTS_MUSIC=synth AUTOSHORTS_VOICE=neural sh -c 'printf %s "$$PROMPT" | $(BIN)/autoshorts make -'

up: setup ## Temporal, its Web UI and a worker on this machine
	@$(BIN)/autoshorts up

test: setup ## every test
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 1

lint: setup ## ruff and the import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports --no-logo

format: setup ## write the code as ruff wants it
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

typecheck: setup ## mypy, strict
	@$(BIN)/mypy

check: lint typecheck test ## all of the above

bench: setup ## the benchmarks; one: make bench NAME=render
	@$(BIN)/python -m bench.$(or $(NAME),render)

LOCK := pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11
lock: ## make requirements.lock anew, and the image's
	@$(BIN)/uv $(LOCK) --group dev pyproject.toml --output-file requirements.lock
	@$(BIN)/uv $(LOCK) --group build pyproject.toml --constraint requirements.lock --output-file deploy/requirements.lock

clean: ## remove what setup made
	@rm -rf $(VENV)
