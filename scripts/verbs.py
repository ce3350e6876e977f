"""What each verb of the Makefile does, once its environment stands."""

import os
import shlex
import subprocess
import sys
import time
import tomllib

import browser
from environment import CHECKOUT, LOCKS, PYTHON, ensure, one_at_a_time, say

ARGS = shlex.split(os.environ.get("ARGS", ""))
DEVELOPMENT = {"DEBUG": "1", "SECRET_KEY": "for commands that sign nothing"}
# Bare values a real site would have, for the deployment check alone.
PRODUCTION = {
    "DEBUG": "0",
    "JINZU_DEMO_MARKET": "0",
    "HTTPS": "1",
    "SECRET_KEY": "a-key-for-the-deployment-check-that-signs-nothing-and-is-long-enough",
    "ALLOWED_HOSTS": "jinzu.example",
    "SITE_URL": "https://jinzu.example",
    "OPERATOR_NAME": "Example",
    "HR_LICENCE_NUMBER": "0000",
}


def main(argv: list[str]) -> int:
    os.chdir(CHECKOUT)
    verb = argv[0] if argv else "help"
    verbs = {"run": run, "test": test, "check": check, "bench": bench, "demo": demo, "messages": messages}
    verbs |= {"lock": lock, "clean": clean, "format": tidy, "env": lambda: ensure("test") or 0}
    if verb not in verbs:
        say("python3 scripts/bootstrap.py " + "|".join(verbs))
        return 64
    try:
        return verbs[verb]()
    except KeyboardInterrupt:
        return 130


def run() -> int:
    ensure("run")
    compile_catalogue()
    become([str(PYTHON), "-m", "config.servers", "run"])


def test() -> int:
    ensure("test")
    browser.announce()
    become([str(PYTHON), "-m", "pytest", *(ARGS or ["-q"])])


def bench() -> int:
    ensure("test")
    become([str(PYTHON), "-m", "tests.benchmarks", *ARGS])


def demo() -> int:
    ensure("run")
    compile_catalogue()
    become([str(PYTHON), "-m", "config.servers", "fresh-demo"])


def messages() -> int:
    ensure("run")
    for step in ("collect", "compile"):
        subprocess.run([str(PYTHON), "scripts/messages.py", step], check=True)
    return 0


def clean() -> int:
    ensure("run")
    become([str(PYTHON), "-m", "config.servers", "clean"])


def check() -> int:
    """Run every check, even after one has failed, and say at the end which did."""
    ensure("test")
    bin_folder = PYTHON.parent
    python = str(PYTHON)
    manage = [python, "manage.py"]
    steps = {
        "style": [python, "-m", "ruff", "check", "--output-format", "concise", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "arrows": [str(bin_folder / "lint-imports"), "--no-cache"],
        "types": [python, "-m", "mypy"],
        "templates": [str(bin_folder / "djade"), "--target-version", "5.2", "--check", *_templates()],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "translations": [python, "scripts/messages.py", "check"],
        "deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
    }
    failed = []
    for name, argv in steps.items():
        began = time.monotonic()
        env = {**os.environ, **(PRODUCTION if name == "deployment" else DEVELOPMENT)}
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
        say(f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name:<13} {time.monotonic() - began:5.1f} s")
        if done.returncode:
            failed.append(name)
            say(done.stdout + done.stderr)
    if failed:
        say("未通过 Failed: " + ", ".join(failed))
    return 1 if failed else 0


def tidy() -> int:
    """Rewrite code and templates in the house style."""
    ensure("test")
    bin_folder = PYTHON.parent
    for words in (["check", "--fix-only", "-q", "."], ["format", "."]):
        subprocess.run([str(PYTHON), "-m", "ruff", *words], check=True)
    # djade answers 1 when it has rewritten something, which is what it was asked for.
    subprocess.run([str(bin_folder / "djade"), "--target-version", "5.2", *_templates()], check=False)
    return 0


def _templates() -> list[str]:
    return sorted(str(path.relative_to(CHECKOUT)) for path in CHECKOUT.glob("templates/**/*.html"))


def lock() -> int:
    """Write the lock files: hashes, markers for every platform, no index and no host in them."""
    ensure("run")  # uv comes with it
    with one_at_a_time():
        groups = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["dependency-groups"]
        alone = [str(PYTHON.parent / "uv"), "pip", "compile", "-q", "--generate-hashes", "--universal"]
        alone += ["--python-version", "3.11", "--no-header", "--no-annotate", *ARGS]
        common = [*alone, "pyproject.toml"]
        run_lock, test_lock = str(LOCKS / "run.txt"), str(LOCKS / "test.txt")
        subprocess.run([*common, "--group", "local", "-o", run_lock], check=True)
        apart = [name for name in groups if name.startswith("bench-")]
        everything = [word for name in groups if name not in apart for word in ("--group", name)]
        # Bound to the first, so that one environment can hold both.
        subprocess.run([*common, *everything, "-c", run_lock, "-o", test_lock], check=True)
        for name in apart:  # environments of their own, with the NumPy of ours
            words = ["--group", f"pyproject.toml:{name}", "-c", run_lock, "-o", str(LOCKS / f"{name}.txt")]
            subprocess.run([*alone, *words], check=True)
    return 0


def compile_catalogue() -> None:
    """Compile the translations where they are newer than their compiled form."""
    source = CHECKOUT / "config" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    target = source.with_suffix(".mo")
    if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
        subprocess.run([str(PYTHON), "scripts/messages.py", "compile"], check=True)


def become(argv: list[str]):
    """Go on as another program, so that signals and exit codes need no middleman."""
    sys.stdout.flush()
    os.execv(argv[0], argv)
