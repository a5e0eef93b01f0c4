"""The table of cities that ships."""

import pytest

from reminderbot.library.places import Places
from reminderbot.services.work import Surroundings


@pytest.fixture
def places(around: Surroundings) -> Places:
    """The table that ships."""
    return around.places
