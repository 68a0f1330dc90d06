"""What a draft would break, for whom and from when, told before it is published."""
