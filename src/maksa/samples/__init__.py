"""Sample lists of every family, written for this project from public facts: samples, never official lists.

`samples.toml` names each file, its import profile and its edition; what is invented in a file is said there.
"""
