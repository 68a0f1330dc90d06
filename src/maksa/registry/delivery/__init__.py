"""Notices on their way: who wants to be told of what, what was told to whom, and the feeds that anybody may read."""
