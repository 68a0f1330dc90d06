"""The adoption board: who must use which list by when, what they declared, what is observed, and what was certified."""
