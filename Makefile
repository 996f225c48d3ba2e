# make generate     write what the bundled specs give, into generated/
# make test         the quick suite: units, snapshots, behaviour, type checkers
# make coverage     which lines and branches the quick suite runs, without type checkers
# make test-corpus  the long suite, over the public specs beside the repository
# make test-peers   beside published packages, which it installs into .venv-peers-beta
# make bench        the figures of README's performance table
# make docs         the sites of the bundled documentation, into build/
# make lint         formatting and types
# make clean        remove the environment and the caches
#
# Everything runs in .venv, made on first use with the versions of constraints.txt.
# Another interpreter: make PYTHON=python3.13 test

PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3.14 python3,$(if $(shell command -v $(name) 2>/dev/null),$(name))))
RUN := .venv/bin/python

# pyright would otherwise ask the network whether there is a newer version of it.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: generate docs test coverage test-corpus test-peers bench lint clean

generate: .venv/ready
	$(RUN) -m generator generate

# --quiet leaves out what MkDocs tells of its progress, not its warnings.
MKDOCS := NO_MKDOCS_2_WARNING=1 $(RUN) -m mkdocs build --strict --quiet
docs: generate
	$(MKDOCS) --config-file generated/graph-qrpin-docs/mkdocs.yml \
		--site-dir $(CURDIR)/build/site
	$(MKDOCS) --config-file generated/library-docs/mkdocs.yml \
		--site-dir $(CURDIR)/build/library-site

test: .venv/ready
	$(RUN) -m pytest -m "not corpus and not slow and not peers"

# The first report is of all that is run, the second is the one that can fail.
coverage: .venv/ready
	rm -rf build/coverage
	$(RUN) -m coverage run -m pytest \
		-m "not corpus and not slow and not peers and not checkers"
	$(RUN) -m coverage combine --quiet
	$(RUN) -m coverage report
	$(RUN) -m coverage report --format=total --fail-under=95 \
		--include="generator/readers/*,generator/emitters/*"

test-corpus: .venv/ready
	$(RUN) -m pytest -m "(corpus or slow) and not peers"

test-peers: .venv/ready .venv-peers-beta/ready
	$(RUN) -m pytest -m peers

bench: .venv/ready
	$(RUN) -m tests.benchmarks

lint: .venv/ready
	$(RUN) -m black --check --quiet generator tests
	$(RUN) -m mypy
	$(RUN) -m pyright --pythonpath $(RUN)

clean:
	rm -rf .venv .venv-peers .venv-peers-beta .hypothesis .mypy_cache .pytest_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The paths given to pip are relative: an absolute one may hold a space. The environment
# variables reach the separate environment in which pip builds the package.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear .venv
	PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
		$(RUN) -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch .venv/ready

.venv-peers-beta/ready: tests/peers/requirements.txt
	$(PYTHON) -m venv .venv-peers-beta
	.venv-peers-beta/bin/python -m pip install --quiet --disable-pip-version-check \
		--requirement tests/peers/requirements.txt
	touch .venv-peers-beta/ready
