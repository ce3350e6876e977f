"""Other methods for the work of our engine. Each reads an instance file and writes a plan file:

    python -m tests.benchmarks.peers METHOD INSTANCE PLAN SECONDS

They share no code with the engine and need NumPy alone, or NumPy and their solver: two of the solvers run in
environments of their own.
"""
