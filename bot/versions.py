"""Versions of a home's rule files: kept when in force, shown, compared, brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from msgspec import Struct

from bot.rulefiles import RuleFiles, is_rule_file, load_file
from bot.storage import Store, Version
from bot.storage.versions import sha256_of
from rules.files import SHIPPED, Loaded, category_in, rules_in, texts_of

STAMP = "%Y%m%dT%H%M%SZ"
LIST_AT_MOST = 1_000_000  # bytes of a list that is kept: about 100,000 words


class VersionError(Exception):
    """A version that cannot be brought back: what was found, and what to do."""


class Change(Struct, frozen=True, kw_only=True):
    """How many rules are new, gone and changed since the version before; other keys count as
    changed. `files`: other files that it consists of and that are not what they were.
    """

    added: int = 0
    removed: int = 0
    changed: int = 0
    files: tuple[str, ...] = ()


class Restored(Struct, frozen=True, kw_only=True):
    """A file of the home that was brought back, and where what was there is kept; "" if there was
    nothing.
    """

    file: str
    kept: str


def record(store: Store, files: RuleFiles, at: datetime) -> None:
    """Keep every good file of the home as it stands, unless it is known so already."""
    for loaded in files.good:
        if loaded.ruleset is None or loaded.effective is None:
            continue
        bodies = dict(_bodies(loaded, files.sources))
        parts = {name: sha256_of(body) for name, body in bodies.items()}
        version = Version(
            at=at,
            file=loaded.file,
            digest=loaded.ruleset.digest,
            also=tuple(one.digest for one in loaded.exceptions),
            parts={**parts, **loaded.effective.lists},
        )
        store.save_version(version, bodies)


def version_of(versions: Sequence[Version], digest: str) -> Version | None:
    """The latest version of a digest, also of one for single groups."""
    found = (one for one in reversed(versions) if digest in (one.digest, *one.also))
    return next(found, None)


def named(versions: Sequence[Version], prefix: str) -> Version:
    """The latest version whose digest begins so; VersionError if there is none, or several."""
    found = {one.digest: one for one in versions if one.digest.startswith(prefix)}
    if len(found) == 1:
        return found.popitem()[1]
    if found:
        digests = ", ".join(found)
        raise VersionError(f"several versions begin with {prefix}: {digests}; give more of it")
    raise VersionError(
        f"no version begins with {prefix}: `qunguan rules --history` lists those there are"
    )


def change_of(store: Store, version: Version, before: Version | None) -> Change | None:
    """What is different in a version; None where it is the first, or cannot be read any more."""
    ours = _said(store, version)
    theirs = _said(store, before) if before is not None else None
    if ours is None or theirs is None:
        return None
    (rules, rest), (old, other) = ours, theirs
    return Change(
        added=len(rules.keys() - old.keys()),
        removed=len(old.keys() - rules.keys()),
        changed=sum(rules[one] != old[one] for one in rules.keys() & old.keys())
        + sum(rest.get(one) != other.get(one) for one in rest.keys() | other.keys()),
        files=_other_files(version, before),
    )


def rule_texts(store: Store, version: Version, rule: str) -> Iterator[tuple[str, str]]:
    """What a version says of a rule: where (file:line), and the text as it was written."""
    kept = ((name, store.rule_text(sha256)) for name, sha256 in version.parts.items())
    bodies = [(name, body) for name, body in kept if body is not None and is_rule_file(Path(name))]
    category = next(filter(None, (category_in(body, rule) for _, body in bodies)), "")
    for name, body in bodies:
        for line, text in texts_of(body, rule, category):
            yield f"{name}:{line}", text


def roll_back(store: Store, home: Path, version: Version, now: datetime) -> list[Restored]:
    """Write a version's files back into the home; what was there stays beside it.

    VersionError, and nothing is written, if they cannot be read by this program as they were. All
    is laid ready before the first file is replaced, what the others name first: a stop in between
    loses nothing, and doing it again brings back the rest.
    """
    bodies = {
        name: body
        for name, sha256 in version.parts.items()
        if not _is_shipped(name) and (body := store.rule_text(sha256)) is not None
    }
    _must_be_good(version, bodies, home)
    changed = {
        name: body
        for name, body in reversed(bodies.items())
        if not (home / name).exists() or (home / name).read_bytes() != body
    }
    ready = [(name, _laid_ready(home / name, body)) for name, body in changed.items()]
    done = [_restored(home, name, fresh, now) for name, fresh in ready]
    return done[::-1]


def strangers(store: Store, version: Version, home: Path) -> list[str]:
    """What the version consists of and cannot be brought back, where it says something else today:
    very long lists, and packs of another release of the program.
    """
    return [
        name
        for name, sha256 in version.parts.items()
        if (_is_shipped(name) or store.rule_text(sha256) is None)
        and _sha256_today(home, name) != sha256
    ]


def _must_be_good(version: Version, bodies: Mapping[str, bytes], home: Path) -> None:
    """Read the version with the lists of the home aside, before anything in the home is touched."""
    lists = (name for name in version.parts if name not in bodies and (home / name).is_file())
    with TemporaryDirectory() as aside:
        for name, body in (*bodies.items(), *((one, (home / one).read_bytes()) for one in lists)):
            path = Path(aside, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        loaded = load_file(Path(aside, version.file))
    if loaded.ruleset is None:
        first = next(one for one in loaded.faults if one.level == "error")
        place = first.render(version.file)
        raise VersionError(f"{version.digest} cannot be used any more: {place}")


def _bodies(loaded: Loaded, sources: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The texts that a file consists of: its own first, then what it extends, the nearest first,
    then its lists.
    """
    yield loaded.file, sources[loaded.file]
    effective = loaded.effective
    for name in reversed(effective.files if effective else ()):
        shipped = SHIPPED.find(PurePath(name).stem)
        if shipped is not None:
            yield name, shipped.source
        elif name in sources:
            yield name, sources[name]
    for name in effective.lists if effective else ():
        if len(sources[name]) <= LIST_AT_MOST:
            yield name, sources[name]


def _said(store: Store, version: Version) -> tuple[dict[str, object], dict[str, object]] | None:
    """The rules by id and all else, as a version says them by itself."""
    body = store.rule_text(version.parts[version.file])
    return rules_in(body) if body is not None else None


def _is_shipped(name: str) -> bool:
    return SHIPPED.find(PurePath(name).stem) is not None


def _sha256_today(home: Path, name: str) -> str:
    """Of a part as it is now; "" if it is gone."""
    shipped = SHIPPED.find(PurePath(name).stem)
    if shipped is not None:
        return sha256_of(shipped.source)
    return sha256_of((home / name).read_bytes()) if (home / name).is_file() else ""


def _laid_ready(path: Path, body: bytes) -> Path:
    fresh = path.with_name(f"{path.name}.new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes(body)
    return fresh


def _other_files(version: Version, before: Version | None) -> tuple[str, ...]:
    was = before.parts if before is not None else {}
    names = sorted({*version.parts, *was} - {version.file})
    return tuple(one for one in names if version.parts.get(one) != was.get(one))


def _restored(home: Path, name: str, fresh: Path, now: datetime) -> Restored:
    path = home / name
    kept = path.with_name(f"{path.name}.before-rollback-{now.strftime(STAMP)}")
    had = path.exists()
    if had:
        kept.write_bytes(path.read_bytes())
    fresh.replace(path)
    return Restored(file=name, kept=kept.name if had else "")
