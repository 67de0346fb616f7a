"""What is found in a text, one module a kind: numbers, dates, places, actors, casualties, events."""
