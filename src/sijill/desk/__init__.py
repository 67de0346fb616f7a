"""The desk: pages where people read, judge and correct a register, and an API with the same records."""

from sijill.desk.app import create_app

__all__ = ["create_app"]
