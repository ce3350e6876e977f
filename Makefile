# Every verb goes through one standard-library script that makes .venv first, where it is missing or out of date.
# A variable given to make (`make run PORT=8001`) reaches the script as its environment.
BOOTSTRAP = @python3 scripts/bootstrap.py

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile | expand -t 18

run: ## start the whole site with its demo market; Ctrl-C stops it (PORT=8001 chooses the port)
	$(BOOTSTRAP) run

test: ## all tests against real servers and a real browser (ARGS="tests/jobs -k offer" narrows)
	$(BOOTSTRAP) test

check: ## style, arrows between rooms, types, migrations, translations, templates, deployment
	$(BOOTSTRAP) check

format: ## rewrite code and templates in the house style
	$(BOOTSTRAP) format

bench: ## how good and how fast the matching is, against known bests
	$(BOOTSTRAP) bench

demo: ## throw the demo market away and build a fresh one
	$(BOOTSTRAP) demo

messages: ## collect strings for translation and compile the catalogues
	$(BOOTSTRAP) messages

lock: ## pin the dependencies of pyproject.toml anew (ARGS=--upgrade for the newest)
	$(BOOTSTRAP) lock

clean: ## throw away the data of the embedded servers
	$(BOOTSTRAP) clean

.PHONY: help run test check format bench demo messages lock clean
