"""What keeps the bot running and tells how it is: logs, doctor, backup, ticker."""
