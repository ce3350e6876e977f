"""Whatever the house asks of Celery is a task that exists, and no task lies about unreachable."""

import ast
from pathlib import Path

from config.celery import app

ROOT = Path(__file__).resolve().parents[2]


def tasks_of_the_house() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if name.split(".")[0] in ("jobs", "profiles", "hubs", "config")}


def rung_by_dispatch() -> set[str]:
    """Names of the functions of jobs/tasks.py that jobs/dispatch.py mentions, as Celery knows them."""
    import jobs.tasks

    words = {node.attr for node in ast.walk(_tree("jobs/dispatch.py")) if isinstance(node, ast.Attribute)}
    words |= {node.id for node in ast.walk(_tree("jobs/dispatch.py")) if isinstance(node, ast.Name)}
    words |= {
        alias.name
        for node in ast.walk(_tree("jobs/dispatch.py"))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    named = {name: getattr(jobs.tasks, name, None) for name in words}
    return {task.name for task in named.values() if getattr(task, "name", None) in app.tasks}


def on_the_beat() -> set[str]:
    return {entry["task"] for entry in app.conf.beat_schedule.values()}


def test_every_name_on_the_beat_is_a_task():
    assert on_the_beat() - tasks_of_the_house() == set()


def test_every_task_is_rung_by_dispatch_or_beat():
    assert tasks_of_the_house() - rung_by_dispatch() - on_the_beat() == set()


def test_dispatch_rings_something():
    assert rung_by_dispatch() != set()


def test_nobody_but_dispatch_speaks_to_the_queue():
    """`.delay()` inside a transaction wakes a worker that may be faster than the commit."""
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app_name in ("config", "hubs", "profiles", "jobs")
        for path in (ROOT / app_name).rglob("*.py")
        if path.name != "dispatch.py" and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("delay", "apply_async", "delay_on_commit", "send_task")
    ]

    assert guilty == []


def _tree(path: str) -> ast.AST:
    return ast.parse((ROOT / path).read_text())
