"""PostgreSQL: a server, for a bot in several processes.

Nothing here lasts longer than a transaction: no prepared statement, no session setting, no lock of a session. So a
pooler that hands out connections by the transaction may stand between.
"""

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine

NAME, DRIVER = "postgresql", "postgresql+psycopg"

CONNECT_SECONDS = 5
"""How long a connection may take to be made."""

SILENCE_MS = 10_000
"""A server that has not acknowledged anything for so long is given up, in milliseconds (libpq, tcp_user_timeout)."""

PROBE_SECONDS = 5
"""How often a silent server is asked whether it is there; else one that vanished before it answered is awaited for
hours (libpq, keepalives_idle)."""

POOL_SECONDS = 10
"""How long a verb waits for a free connection: as many threads as connections, so only while one is made anew."""


def engine(url: URL, pool: int) -> Engine:
    """An engine with up to ``pool`` connections, kept open."""
    made_with = {
        "prepare_threshold": None,
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": SILENCE_MS,
        "keepalives_idle": PROBE_SECONDS,
        "keepalives_interval": PROBE_SECONDS,
        "application_name": "reminderbot",
    }
    return sa.create_engine(
        url,
        hide_parameters=True,  # they may hold what people wrote
        pool_size=pool,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        # What the address says itself goes first: a socket's folder, say, or a certificate.
        connect_args={name: value for name, value in made_with.items() if name not in url.query},
    )
