"""Where journal, outbox, snapshots and open deadlines are kept. The one door: `Store`."""

from bot.storage.batch import Batch, Delivery, OutboxState, Update
from bot.storage.errors import HomeLockedError, NewerSchemaError, RepeatedError, StorageError
from bot.storage.store import Store
from bot.storage.versions import Version

__all__ = [
    "Batch",
    "Delivery",
    "HomeLockedError",
    "NewerSchemaError",
    "OutboxState",
    "RepeatedError",
    "StorageError",
    "Store",
    "Update",
    "Version",
]
