"""The sentence of reason on a card stands alone: it never leans on something that nobody may have said."""

from reminderbot.library import loader


def test_no_reason_leans_on_words_that_may_not_have_been_said() -> None:
    conditions = loader.load(loader.default_folder()).triage.conditions
    own = [(one.reason, one.third, *(rule.reason for rule in one.rules)) for one in conditions.values()]
    texts = [text for several in own for text in several if text]
    assert [
        text.get() for text in texts if "together with that" in text.get() or "with that needs" in text.get()
    ] == []
