"""The same reading over many reports."""
