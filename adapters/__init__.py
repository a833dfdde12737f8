"""Platforms: their updates to events, our wishes to their calls. Knows rules, not the bot."""
