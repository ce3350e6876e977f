"""Arrows point down: in the imports, in the database, and from the core to nothing at all."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {"hubs": 0, "profiles": 1, "jobs": 2}
"""Each app may lean on those below it. Framework tables (permissions ...) lie under all of them."""


def test_the_import_contracts_hold():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout[-4000:]


def arrows_up() -> list[str]:
    """Relations of a lower floor's table to a higher floor's: string foreign keys are no imports."""
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if model._meta.app_label in FLOORS
        and field.is_relation
        and not field.auto_created
        and getattr(field.related_model, "_meta", None)
        and FLOORS.get(field.related_model._meta.app_label, -1) > FLOORS[model._meta.app_label]
    ]


def test_no_table_leans_on_a_table_above_it():
    assert arrows_up() == []


def test_the_floors_hold_tables_that_could_lean_wrong():
    assert {model._meta.app_label for model in apps.get_models()} >= set(FLOORS)


def test_the_matching_core_needs_no_django():
    probe = "import sys, jobs.matching; print({name.split('.')[0] for name in sys.modules} & {'django', 'celery'})"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == ("set()", "")


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
