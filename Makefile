# `make run` serves the dashboard, `make test` runs every test; both set up what they need.
PYTHON ?= python3
PORT ?= 8050
VENV := .venv
BIN := $(VENV)/bin
TWO := -n 2 --dist loadfile  # two processes; what a module sets up is set up once

.PHONY: run test test-long check bench bench-load bench-scale test-spark data setup e2e pictures clean

run: data
	@echo "AI Innovation Map: http://127.0.0.1:$(PORT)/"
	@$(BIN)/gunicorn app:server --config gunicorn.conf.py --bind 127.0.0.1:$(PORT)

data: $(VENV)/.runtime
	@$(BIN)/python -m analytics build

setup: $(VENV)/.dev

test: $(VENV)/.dev
	@bash tests/browser.sh
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m pytest -m "not long" $(TWO)

test-long: $(VENV)/.dev
	@bash tests/browser.sh
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m pytest -m long $(TWO)

e2e: $(VENV)/.dev
	@bash tests/browser.sh
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m pytest tests/e2e $(TWO)

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m analytics validate
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m pytest tests --ignore=tests/e2e -m "not slow and not long" $(TWO)

bench: $(VENV)/.dev .venv-bench/.peers
	@bash tests/browser.sh
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m tests.bench

# READERS=8 SECONDS=30 CALLS=1000 make bench-load asks less; the whole takes a quarter of an hour.
bench-load: $(VENV)/.dev
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m tests.bench.readers
	@$(BIN)/python -m tests.bench.faults
	@FUZZ=10000 $(BIN)/python -m pytest tests/wire/test_fuzzed_links.py

# Builds of 91 thousand to 91 million relations; takes half an hour and 10 GB of disk. TIMES="1 10" asks less.
bench-scale: $(VENV)/.dev .venv-spark/.spark
	@$(BIN)/python -m analytics build
	@.venv-spark/bin/python -m tests.bench.scale $(TIMES)

# The engines' contract on Spark, and faults of a cluster on loopback; needs Java 17.
test-spark: .venv-spark/.spark
	@.venv-spark/bin/python -m analytics build
	@.venv-spark/bin/python -m pytest tests/spark

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] >= (3, 11) else "Python 3.11 or newer is needed")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	@echo "Installing the locked packages"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing the locked packages for development"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.runtime

# What others offer, in an environment of its own: only the bench compares with them.
.venv-bench/.peers: requirements-bench.lock
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

.venv-spark/.spark: requirements-spark.lock requirements-dev.lock
	@$(PYTHON) -m venv .venv-spark
	@.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	@touch $@

# What README.md and README.zh.md show, taken from the running app.
pictures: $(VENV)/.dev
	@bash tests/browser.sh
	@$(BIN)/python -m analytics build
	@$(BIN)/python -m tests.pictures

clean:
	rm -rf $(VENV) .venv-bench .venv-spark data/snapshots
