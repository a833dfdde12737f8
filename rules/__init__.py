"""The engine: from what happened and the rules to a decision. Pure; imports nothing of ours."""
