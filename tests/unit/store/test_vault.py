"""What people write is unreadable without the key; and the key beside a database is there whole or not at all."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.store.vault import KeyFormatError, LostKeyError, Vault, key_beside, new_key


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


@pytest.mark.parametrize("key", ["", "short", "x" * 43 + "!", "k" * 48])
def test_a_key_of_another_form_is_refused(key: str) -> None:
    with pytest.raises(KeyFormatError):
        Vault(key)


def test_a_process_killed_while_it_makes_the_key_leaves_no_half_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_handle: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            key_beside(tmp_path / "bot.db")
    assert not (tmp_path / "bot.db.key").exists()
    Vault(key_beside(tmp_path / "bot.db"))


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(key_beside, [tmp_path / "bot.db"] * 64))
    assert keys == {(tmp_path / "bot.db.key").read_text().strip()}
    assert os.listdir(tmp_path) == ["bot.db.key"]  # noqa: PTH208 - names are what it is about


def test_a_key_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "bot.db.key").write_text("mine\n")
    assert key_beside(tmp_path / "bot.db") == "mine"
    assert (tmp_path / "bot.db.key").read_text() == "mine\n"


def test_the_key_is_for_its_owner_only(tmp_path: Path) -> None:
    key_beside(tmp_path / "bot.db")
    assert stat.S_IMODE((tmp_path / "bot.db.key").stat().st_mode) == 0o600
