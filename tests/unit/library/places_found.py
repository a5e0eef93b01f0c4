"""What a look-up of places found, in short."""

from reminderbot.library.places import Place


def zones(found: tuple[Place, ...]) -> list[str]:
    """The zones of what was found, in its order."""
    return [place.zone for place in found]
