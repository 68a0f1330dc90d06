"""Decisions of the desk on rows of maps."""
