"""The client library: the questions of Maksa and its message check, asked of a server, for programs in Python."""

from maksa.client.remote import Client

__all__ = ["Client"]
