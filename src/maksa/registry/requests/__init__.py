"""Missing-code requests: filed, led to a code or a reasoned refusal, and their duplicates."""
