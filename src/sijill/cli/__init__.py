"""The command `sijill`: one command a verb. What a command does is done elsewhere; heavy modules are imported when it runs."""

from __future__ import annotations

import signal
import sys

from sijill.cli import account, batch, datasets, desk, exporting, reading, register
from sijill.cli.common import cli

__all__ = ["account", "batch", "cli", "datasets", "desk", "exporting", "main", "reading", "register"]


def main() -> None:
    """Run the command; output is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    cli(prog_name="sijill")
