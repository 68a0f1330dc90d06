"""Transition windows: from which day a new code holds, and until which day the old one is only warned of."""
