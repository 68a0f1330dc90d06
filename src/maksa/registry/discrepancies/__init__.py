"""The register of discrepancies between parties' lists and the reference."""
