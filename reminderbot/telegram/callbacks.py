"""Callback data of buttons: ``v1:verb:argument...``, at most 64 bytes (Bot API), never trusted."""

VERSION = "v1"
MAX_BYTES = 64


def encode(verb: str, *args: str) -> str:
    """The data of one button; raises ValueError when it does not fit."""
    data = ":".join((VERSION, verb, *args))
    if len(data.encode()) > MAX_BYTES:
        raise ValueError(f"callback data over {MAX_BYTES} bytes: verb {verb}")
    return data


def decode(data: str | None) -> tuple[str, str]:
    """``(verb, rest)`` of a button's data; two empty strings when it is not ours."""
    version, _, tail = (data or "").partition(":")
    verb, _, rest = tail.partition(":")
    return (verb, rest) if version == VERSION else ("", "")


def pattern(verb: str) -> str:
    """The regular expression under which a handler takes this verb's presses."""
    return f"^{VERSION}:{verb}(:|$)"
