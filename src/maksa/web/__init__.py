"""The doors: wire formats over the same answers."""
