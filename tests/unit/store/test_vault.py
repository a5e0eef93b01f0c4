"""What people write is unreadable without the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.store.vault import KeyFormatError, LostKeyError, Vault, new_key


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())))
def test_what_is_sealed_opens_to_the_same(value: dict[str, object]) -> None:
    vault = Vault(new_key())
    assert vault.open(vault.seal(value)) == value


def test_words_do_not_show_in_what_is_stored() -> None:
    assert b"my hip hurts" not in Vault(new_key()).seal({"text": "my hip hurts"})


def test_another_key_opens_nothing() -> None:
    sealed = Vault(new_key()).seal("secret")
    with pytest.raises(LostKeyError):
        Vault(new_key()).open(sealed)


def test_a_damaged_value_is_told_like_a_lost_key() -> None:
    vault = Vault(new_key())
    with pytest.raises(LostKeyError):
        vault.open(vault.seal("secret")[:-4])


@pytest.mark.parametrize("key", ["", "short", "x" * 43 + "!", new_key() + "AAAA"])
def test_a_key_of_another_form_is_refused(key: str) -> None:
    with pytest.raises(KeyFormatError):
        Vault(key)
