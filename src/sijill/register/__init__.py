"""A register: reports added, linked, judged, asked for, exported and taken in again. Loaded only by what needs it."""

from sijill.register.register import Register

__all__ = ["Register"]
