"""`python -m cli`: the `autoshorts` command, for processes that start one another."""

from __future__ import annotations

from cli.main import main

main()
