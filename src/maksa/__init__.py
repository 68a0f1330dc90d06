"""Maksa (مکسا), the reference of health codes of Iran."""

__version__ = "2026.11.0"
