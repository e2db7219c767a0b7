# Suprovid: what a person types. The first run of a target prepares what it needs and
# leaves a stamp, so that the second one starts at once.

PYTHON ?= $(shell sh scripts/python.sh)
HOST ?= 127.0.0.1
PORT ?= 8000

V := .venv/bin
# The locks name every package: nothing is left to resolve. Asked to resolve, the pip of
# Debian 12 looks at a release newer than the lock for `coverage[toml]` and gives up.
PIP := $(V)/python -m pip install --quiet --disable-pip-version-check \
	--require-hashes --no-deps
NPM = PATH="$$(sh scripts/node.sh):$$PATH" npm

LOOK := $(shell find assets -type f 2>/dev/null)
WORDS := $(shell find src -name '*.po' 2>/dev/null)
PLANNER := src/suprovid/lib/planning
KERNELS := $(wildcard $(PLANNER)/kernel/*.py $(PLANNER)/engine.py $(PLANNER)/tables.py)

.PHONY: help run demo test test-long check fix words bench bench-planning pictures clean
.DEFAULT_GOAL := help

help:
	@echo "make run        everything up on http://$(HOST):$(PORT), with a demo department"
	@echo "make test       everything that CI runs"
	@echo "make test-long  the long forms of the tests"
	@echo "make check      format, lint, imports, types, migrations, words"
	@echo "make fix        put right what a machine can"
	@echo "make words      gather the words to translate"
	@echo "make bench      measure, print a table"
	@echo "make bench-planning   measure the planner beside its peers"
	@echo "make pictures   the pictures of README, from a demo"
	@echo "make demo       a demo department in an empty database"
	@echo "make clean      remove what can be made again (never your data)"

run: .venv/.run .venv/.kernels .venv/.words build/.ok
	@$(V)/suprovid run --host $(HOST) --port $(PORT)

demo: .venv/.run .venv/.kernels .venv/.words build/.ok
	@$(V)/suprovid demo

test: .venv/.dev .venv/.kernels .venv/.words build/.ok
	@sh scripts/chromium.sh
	@$(V)/python -m scripts.suite test

test-long: .venv/.dev .venv/.kernels .venv/.words build/.ok
	@sh scripts/chromium.sh
	@$(V)/python -m scripts.suite long

check: .venv/.dev
	@$(V)/python -m scripts.suite check

fix: .venv/.dev
	@$(V)/ruff check --quiet --fix . || true
	@$(V)/ruff format --quiet .
	@find src -path '*/templates/*' -name '*.html' | xargs $(V)/djade --target-version 5.2 || true

words: .venv/.run
	@$(V)/python scripts/words.py extract
	@$(V)/python scripts/words.py check

bench: .venv/.dev .venv/.kernels .venv/.words build/.ok
	@$(V)/python -m scripts.bench

bench-planning: .venv/.run .venv/.kernels
	@$(V)/python -m scripts.bench_planning $(OPTIONS)

pictures: .venv/.dev .venv/.words build/.ok
	@sh scripts/chromium.sh
	@$(V)/python -m scripts.pictures

clean:
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache .coverage .coverage.*
	find src tests scripts -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

# ------------------------------------------------------------------- preparations

.venv/bin/python:
	@echo "· A Python of its own, in .venv"
	@sh scripts/venv.sh $(PYTHON)

.venv/.run: .venv/bin/python requirements.lock pyproject.toml
	@echo "· Python packages (the first time about a minute)"
	@$(PIP) -r requirements.lock
	@$(V)/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@touch $@

# Numba looks at the file of a kernel alone: those that call a changed one are stale too.
.venv/.kernels: .venv/.run $(KERNELS)
	@echo "· Kernels of the planner (the first time about a minute)"
	@find $(PLANNER) -name '*.nb[ic]' -delete
	@$(V)/python -m suprovid.lib.planning compile
	@touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	@echo "· Python packages for tests"
	@$(PIP) -r requirements-dev.lock
	@touch $@

node_modules/.ok: package-lock.json .venv/bin/python
	@echo "· Packages of the pages"
	@$(NPM) ci --loglevel=error --no-audit --no-fund >/dev/null
	@touch $@

build/.ok: node_modules/.ok $(LOOK)
	@echo "· Styles, scripts, icons"
	@$(NPM) run --loglevel=error build >/dev/null
	@touch $@

.venv/.words: .venv/.run $(WORDS)
	@$(V)/python scripts/words.py compile
	@touch $@
