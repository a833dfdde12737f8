"""The engine: what happened and what the rules say, to a decision. Pure; imports nothing of ours."""
