"""A Telegram bot for movement habits."""

import zoneinfo

# One source of zone data, whose version is known: the machine's own may be of any age, or missing.
zoneinfo.reset_tzpath(())
