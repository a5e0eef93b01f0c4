"""A demo whose data was kept goes on with an offline Telegram that has forgotten everything."""

from datetime import timedelta

from reminderbot.services import horizon
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from tests.world import MONDAY, World, world

SADDLE = "my groin is numb and I can't pee"


def again(store: Store, around: Surroundings) -> World:
    """The next run of the demo on the same database, an hour later."""
    following = World(store, around, MONDAY + timedelta(hours=1))
    known = following.ask(horizon.remembered)
    following.tele.go_on(known.update_id, known.message_id)
    return following


def test_what_is_said_in_the_next_demo_on_the_same_data_is_answered(
    store: Store, around: Surroundings
) -> None:
    with world(store, around) as before:
        before.person("Ana", "UTC").says("/help")
    following = again(store, around)
    ana = following.person("Ana")
    ana.says(SADDLE)
    ana.sees("Call now")
    following.close()


def test_an_id_of_an_earlier_message_is_not_given_out_again(store: Store, around: Surroundings) -> None:
    with world(store, around) as before:
        ana = before.person("Ana", "UTC")
        ana.says(SADDLE)
        last = ana.person.last.id
    following = again(store, around)
    following.person("Ana").says("/start")
    assert min(message.id for message in following.tele.messages(1001)) > last
    following.close()


def test_an_empty_database_begins_at_the_beginning(here: World) -> None:
    known = here.ask(horizon.remembered)
    assert (known.update_id, known.message_id) == (0, 0)
