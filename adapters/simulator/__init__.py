"""A platform in memory: groups in which anybody may be played, for the web room and for tests."""
