"""A register: reports added, linked, judged, asked for."""
