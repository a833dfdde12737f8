"""An empty database of each kind, for the tests of what a Store promises."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.storage import Store
from bot.storage.database import default_url
from tests.golden.samples import START

POSTGRES = os.environ.get(
    "QUNGUAN_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database that nobody else uses."""
    if request.param == "sqlite":
        yield default_url(tmp_path)
        return
    url = make_url(POSTGRES)
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        admin = psycopg.connect(plain, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError:
        pytest.skip(f"needs PostgreSQL at {url.render_as_string()}")
    schema = f"qunguan_test_{secrets.token_hex(6)}"
    with admin:
        admin.execute("SET lock_timeout = '5s'")
        admin.execute(f"CREATE SCHEMA {schema}")
        own = url.update_query_dict({"options": f"-csearch_path={schema}"})
        yield own.render_as_string(hide_password=False)
        admin.execute(f"DROP SCHEMA {schema} CASCADE")
    admin.close()


@pytest.fixture
def reopen(address: str, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open the database as after a restart: the Store that was open is closed."""
    stores: list[Store] = []

    def open_again() -> Store:
        for store in stores:
            store.close()
        stores.append(Store.open(address, home=tmp_path, now=lambda: START))
        return stores[-1]

    yield open_again
    for store in stores:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    """An open, empty Store."""
    return reopen()
