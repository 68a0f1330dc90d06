"""The questions: one question, one file, over any provider."""
