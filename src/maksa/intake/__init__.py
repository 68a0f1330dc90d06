"""Readers of source lists: parse, clean, account for every row."""
