"""What is wrong with a draft before it is published: rules as content, their tests as functions."""
