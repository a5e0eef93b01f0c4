"""The Bot API of a run: what people do there, what goes wrong there, and what it has noted."""

from typing import Any

from reminderbot.demo.telegram.faults import Hit
from tests.acceptance.processes import Process
from tests.acceptance.stage import Call, Telegram


class Api(Telegram):
    """As for the other tests, and read in the order in which things happen."""

    def __init__(self, process: Process) -> None:
        """Talk to the server in this process."""
        super().__init__(process)
        self._seen = 0

    def attempt(self, verb: str, **body: Any) -> Any:
        """A deed of a person; none when Telegram does not let them, say since a button is gone by now."""
        answer = self._client.post(f"/control/{verb}", json=body).json()
        return answer["result"] if answer["ok"] else None

    def news(self) -> list[Call]:
        """Messages and edits since the last look, those that Telegram did not take as well."""
        everything = self.tries()
        fresh, self._seen = everything[self._seen :], len(everything)
        return fresh

    def expired(self) -> frozenset[int]:
        """The updates that nobody took in time."""
        return frozenset(self._noted()["expired"])

    def hits(self) -> list[Hit]:
        """The faults that have hit a call."""
        return [Hit(**raw) for raw in self._noted()["hits"]]

    def _noted(self) -> Any:
        return self._client.get("/control/ledger", params={"since": 10**9}).json()
