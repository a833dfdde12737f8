"""The six questions that write a first rule file; asked in the terminal, later on a page."""
