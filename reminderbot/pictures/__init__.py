"""What is drawn: the figures of exercises, and the pictures of progress."""
