"""Prescriber messages: read, checked against rules that are content, reported, and mended where that is certain."""
