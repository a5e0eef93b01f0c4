"""What the bot does: one verb is one function is one transaction."""
