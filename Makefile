# make run    install what is needed and start the app     (PORT=8501 HOST=127.0.0.1)
# make test   everything that must hold: style, types, layers, unit, page and browser tests
# make check  the same without a browser;  make fix  format and repair what can be repaired
# make bench  measure, each figure as a ratio in one run
# make fuzz   fuzz every parser of files, a million runs each, resumed where it stopped   (WORKERS=2)
# make vendor fetch the browser's decoder runtime again, exactly as it is stored here

PYTHON ?= python3
PORT   ?= 8501
HOST   ?= 127.0.0.1
RUNS   ?= 1000000
WORKERS ?= 2
BIN    := .venv/bin
PY     := $(BIN)/python
NODE   := $(BIN)/node
JAVASCRIPT := ui/frontend tests/frontend eslint.config.js
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# glibc keeps what each of its arenas has freed
export MALLOC_ARENA_MAX ?= 2

.PHONY: run install install-dev test check browser fix bench fuzz vendor clean
.DEFAULT_GOAL := run

run: install
	@$(PY) -m ui.serve --host "$(HOST)" --port "$(PORT)"

install: .venv/installed
install-dev: .venv/installed-dev node_modules/installed

# An environment is usable if it was made for this folder (its scripts hold absolute paths) and pip
# runs: an installation may have been interrupted at any moment, and the folder may have been moved.
USABLE := test "$$(cat .venv/location 2>/dev/null)" = "$(CURDIR)" && $(PY) -m pip --version
INSTALL := $(PY) -m pip install --quiet --requirement

ifneq ($(shell ($(USABLE)) >/dev/null 2>&1 && echo usable),usable)
.venv/installed: .venv/made
endif

# Of a folder that cannot be written the app can still be run, with an environment elsewhere.
define WRITABLE
@test -w $(1) || { echo "$(CURDIR) cannot be written: copy it to a folder of your own, or install" \
  "requirements.txt elsewhere and run there: python -m ui.serve (results: LATENT_CACHE=FOLDER)."; \
  exit 1; }
endef

.PHONY: .venv/made
.venv/made:
	$(call WRITABLE,.)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12"; exit 1; }
	@rm -rf .venv
	@$(PYTHON) -m venv .venv || \
	  { echo "No environment could be made in $(CURDIR)/.venv: the folder must be writable, and" \
	    "Python needs its venv module (on Debian: apt install python3-venv)."; exit 1; }
	@echo "$(CURDIR)" > .venv/location

.venv/installed: requirements.txt
	$(call WRITABLE,.venv)
	$(INSTALL) requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(INSTALL) requirements-dev.txt
	@touch $@

node_modules/installed: package-lock.json package.json .npmrc .venv/installed-dev
	$(BIN)/npm ci --silent
	@touch $@

test: check browser

check: install-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NODE) node_modules/typescript/bin/tsc
	$(NODE) node_modules/eslint/bin/eslint.js ui/frontend tests/frontend
	$(NODE) node_modules/prettier/bin/prettier.cjs --log-level warn --check $(JAVASCRIPT)
	$(NODE) --test "tests/frontend/**/*.test.js"
	$(BIN)/lint-imports
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadfile tests/unit tests/pages

browser: install-dev
	@sh tests/browser/get_chromium.sh $(BIN)
	$(BIN)/pytest -n 2 --dist loadfile tests/browser

fix: install-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(NODE) node_modules/eslint/bin/eslint.js --fix ui/frontend tests/frontend
	$(NODE) node_modules/prettier/bin/prettier.cjs --log-level warn --write $(JAVASCRIPT)

bench: install-dev
	@sh tests/browser/get_chromium.sh $(BIN)
	$(PY) -m benchmarks

fuzz: install-dev
	OMP_NUM_THREADS=1 $(PY) -m tests.fuzz --runs $(RUNS) --workers $(WORKERS)

vendor: install-dev
	$(PY) -m ui.components.vendor.fetch

clean:
	rm -rf .venv node_modules build
