"""Outside shapes become reports: plain text, and lines of JSON."""
