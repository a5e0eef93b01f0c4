"""A clock that nobody sets, and that runs on while the machine sleeps."""

import time


def seconds() -> float:
    """Seconds since some moment."""
    # On Linux the usual steady clock stands still during sleep; on other systems it does not, or there is no better.
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
