"""The running bot: the loop, storage, delivery, the web room and the command line."""
