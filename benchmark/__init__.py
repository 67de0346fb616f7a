"""Accuracy and speed of the reader, measured the same way every time."""
