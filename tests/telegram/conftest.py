"""Who is in most stories: Ana, and the people on call."""

import pytest

from tests.telegram.alarms import on_call
from tests.world import Somebody, World


@pytest.fixture
def ana(here: World, request: pytest.FixtureRequest) -> Somebody:
    """Ana at five to nine on a Monday, her first nudge due at nine: in UTC, or in the ``ZONE`` of a file of tests."""
    return here.person("Ana", getattr(request.module, "ZONE", "UTC"))


@pytest.fixture
def avoids_nothing(ana: Somebody) -> None:
    """Ana has said what to avoid: nothing, so that any stretch may come."""
    ana.says("/settings")
    ana.taps("Anything to avoid")
    ana.taps("Nothing")
    ana.forgets_what_was_said()


@pytest.fixture
def osei(here: World) -> Somebody:
    """On call at step 1."""
    return on_call(here, "Osei", 1)


@pytest.fixture
def bo(here: World) -> Somebody:
    """On call at step 2."""
    return on_call(here, "Bo", 2)


@pytest.fixture
def olga(here: World) -> Somebody:
    """On call at step 1, where nobody else is."""
    return on_call(here, "Olga", 1)
