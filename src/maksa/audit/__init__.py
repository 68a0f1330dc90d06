"""Check whole files of coded fields: tables in, verdicts out, by columns. It asks questions only.

This room loads polars, which takes half a second: only commands and jobs import it, never a worker of the web.
"""
