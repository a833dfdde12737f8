"""The web room: groups in the browser, with every decision of the bot and why it was made."""
