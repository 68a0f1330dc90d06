"""Drafts, and how they become editions on the shelf."""
