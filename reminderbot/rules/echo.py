"""What a person wrote, where it is said back to them."""

LONGEST = 40
"""Characters; a longer echo could make an answer longer than a message may be."""


def echo(text: str) -> str:
    """Return the first 40 characters of what somebody wrote."""
    return text[:LONGEST]
