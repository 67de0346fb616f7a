"""Tellings and incidents of this folder's tests, made in one word."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # `hasakah`, the reports that these tests share
