"""What goes beyond 30 messages a second is paid for only when the operator has said so."""

import dataclasses
from pathlib import Path

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.telegram.pictured import pictured

SENDING = ("sendMessage", "sendPhoto", "sendAnimation")


@pytest.mark.parametrize("allowed", [True, False])
def test_telegram_may_be_paid_only_where_that_was_allowed(
    store: Store, around: Surroundings, tmp_path: Path, allowed: bool
) -> None:
    with pictured(store, dataclasses.replace(around, allow_paid_broadcast=allowed), tmp_path) as here:
        here.person("Ana", "UTC").says("/help")
        here.fast_forward(minutes=10)
        here.people["Ana"].says("/stretch")
        sent = [call.params for call in here.tele.calls if call.method in SENDING]
    assert len(sent) > 3
    assert all(params.get("allow_paid_broadcast", False) is allowed for params in sent)
