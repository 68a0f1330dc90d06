"""The shelf: immutable edition files, how they are written, read and trusted."""
