"""What must survive (issue 3): real processes, really killed, with a count of the answers before and after.

Each column has its own house here: SQLite with one embedded process, or PostgreSQL and Redis of its own that may be
stopped, with web processes and workers beside. docs/testing.md says more.
"""
