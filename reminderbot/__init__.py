"""A Telegram bot for movement habits."""
