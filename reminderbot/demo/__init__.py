"""The demo: an offline Telegram, a web chat on top of it, and a clock that can be pushed forward."""
