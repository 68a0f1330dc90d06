"""The desk's part of the native API: sessions, and the registry's resources, for who is signed in."""
