"""Runs the whole portal on one machine: PostgreSQL and Valkey from wheels, web, worker and beat.

Nothing here imports Django: the portal's processes are started, never loaded.
"""
