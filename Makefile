# Two commands for a newcomer: `make run` and `make test`. Nothing but Python 3.11 and make is needed.
PYTHON ?= python3
CLOCK ?= 2026-12-07T09:00-05:00
SECONDS ?= 30
VENV := .venv
ASSETS := $(wildcard hatch_build.py webapp/assets/package-lock.json webapp/assets/build.mjs webapp/assets/src/* webapp/translations/*/LC_MESSAGES/*.po)
BIN := $(VENV)/bin

.PHONY: run test check bench fuzz clean
.DEFAULT_GOAL := run

$(BIN)/python:
	@echo "Parcours : création de l'environnement Python dans $(VENV) …"
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml requirements.lock $(ASSETS) | $(BIN)/python
	@echo "Parcours : installation (une à deux minutes la première fois) …"
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c requirements.lock -e .
	@touch $@

$(VENV)/.test: pyproject.toml requirements.lock $(ASSETS) | $(BIN)/python
	@echo "Parcours : installation avec les outils de test …"
	$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -c requirements.lock -e '.[test]'
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	$(BIN)/parcours run $(if $(CLOCK),--clock $(CLOCK))

test: $(VENV)/.test
	@$(BIN)/python -m tests.browser.provide
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/house/test_migrations.py

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench

fuzz: $(VENV)/.test
	$(BIN)/python -m tests.fuzz $(SECONDS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
