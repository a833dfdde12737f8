"""Chat histories: reading what other programs wrote down, and letting it happen again under rules.

What comes of it is shown by `bot.replay` and `bot.trial`.
"""
