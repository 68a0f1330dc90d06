"""The words: frozen records and pure functions that every other room uses."""
