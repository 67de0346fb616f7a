"""Readings in the shapes that others use; one module a format, imported only when asked for."""
