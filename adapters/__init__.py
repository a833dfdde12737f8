"""Platforms: their updates to events, and wishes to their calls. Knows the rules' words, not the bot."""
