"""The desk: everything that changes, and the one pen that publishes."""
