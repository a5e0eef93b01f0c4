"""What goes beyond 30 messages a second is paid for only when the operator has said so."""

import dataclasses

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.world import world


@pytest.mark.parametrize("allowed", [True, False])
def test_telegram_may_be_paid_only_where_that_was_allowed(
    store: Store, around: Surroundings, allowed: bool
) -> None:
    with world(store, dataclasses.replace(around, allow_paid_broadcast=allowed)) as here:
        here.person("Ana", "UTC").says("/help")
        here.fast_forward(minutes=10)
        sent = [call.params for call in here.tele.calls if call.method == "sendMessage"]
    assert len(sent) > 2
    assert all(params.get("allow_paid_broadcast", False) is allowed for params in sent)
