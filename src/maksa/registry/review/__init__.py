"""The life of a draft: who looked at it, what they said, how the committee decided, and when it may be published."""
