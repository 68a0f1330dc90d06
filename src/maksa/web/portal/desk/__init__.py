"""The desk's pages, for who is signed in."""
