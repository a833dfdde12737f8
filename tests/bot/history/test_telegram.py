"""Telegram Desktop's result.json: one chat or all, its messages, members and damaged places."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.history.records import HistoryError, Record, What
from rules.message import Kind, Message, Role
from tests.bot.history.exports import Item, chat, everything, id_of, said, service, written
from tests.bot.history.histories import read


def exported(folder: Path, export: Item) -> Path:
    """The export as a file."""
    path = folder / "result.json"
    path.write_bytes(written(export))
    return path


def only(folder: Path, *messages: Item) -> list[Record]:
    """The records of a chat of these messages."""
    return read(exported(folder, chat(messages)))[0]


def said_as(folder: Path, text: object, **more: object) -> Message:
    """What a message is read as."""
    return only(folder, said(1, text, **more))[0].message


def test_a_message_becomes_a_record(tmp_path: Path) -> None:
    """Who, when, where and what of a plain message arrive."""
    (record,) = only(tmp_path, said(7, "hello", by="Anna", seconds=60))
    assert ("hello", "Anna", f"user{id_of('Anna')}") == (
        record.message.text,
        record.name,
        record.user,
    )
    assert ("7", "2026-03-02T08:01:00Z") == (record.message_id, record.ts)
    assert (str(id_of("Flea Market")), "Flea Market") == (record.group, record.title)


def test_text_in_pieces_is_put_together(tmp_path: Path) -> None:
    """Entities give their text, hidden links their address, mentions their member."""
    message = said_as(
        tmp_path,
        [
            "see ",
            {"type": "text_link", "text": "here", "href": "https://evil.example/x"},
            " or ",
            {"type": "link", "text": "https://good.example/"},
            {"type": "text_link", "text": "", "href": "https://good.example/"},
            " ",
            {"type": "mention_name", "text": "@Bob", "user_id": 42},
            {"type": "mention", "text": "@carol"},
            {"type": "bold", "text": "!"},
        ],
    )
    assert "see here or https://good.example/ @Bob@carol!" == message.text
    assert [("evil.example", True)] == [(one.host, True) for one in message.links if one.hidden]
    assert [("Bob", "user42"), ("carol", None)] == [
        (one.name, one.member) for one in message.mentions
    ]


def test_links_of_buttons_are_hidden_links(tmp_path: Path) -> None:
    """A button that leads away is judged like a link behind words."""
    buttons = [
        [{"type": "url", "text": "go", "data": "https://evil.example"}, {"type": "callback"}]
    ]
    message = said_as(tmp_path, "x", inline_bot_buttons=buttons)
    assert ["evil.example"] == [one.host for one in message.links]


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"photo": "photos/1.jpg"}, [Kind.IMAGE]),
        ({"media_type": "sticker", "file": "s.webp"}, [Kind.STICKER]),
        ({"media_type": "voice_message", "file": "v.ogg"}, [Kind.VOICE]),
        ({"media_type": "video_file", "file": "v.mp4"}, [Kind.VIDEO]),
        ({"media_type": "animation", "file": "v.mp4"}, [Kind.VIDEO]),
        ({"file": "a.pdf", "mime_type": "application/pdf"}, [Kind.FILE]),
        ({"contact_information": {"first_name": "A"}}, [Kind.CONTACT_CARD]),
        ({"location_information": {"latitude": 1.0}}, [Kind.LOCATION]),
        ({"place_name": "Café"}, [Kind.LOCATION]),
        ({"poll": {"question": "?"}}, [Kind.POLL]),
        ({"forwarded_from": "Somebody"}, [Kind.FORWARDED]),
        ({"photo": "1.jpg", "forwarded_from": "Somebody"}, [Kind.IMAGE, Kind.FORWARDED]),
        ({"edited": "2026-03-02T09:00:00"}, []),
    ],
)
def test_parts_that_are_no_text_have_their_kind(
    tmp_path: Path, fields: Item, kinds: list[Kind]
) -> None:
    """Each kind of part that an export knows is a part of the message."""
    message = said_as(tmp_path, "x", **fields)
    assert kinds == [part.kind for part in message.media]


def test_a_reply_names_what_it_answers(tmp_path: Path) -> None:
    """What is answered is a quote, never the author's own words."""
    quote = said_as(tmp_path, "x", reply_to_message_id=5).quote
    assert quote is not None
    assert ("5", "") == (quote.message_id, quote.text)


def test_joins_and_leaves_are_read_from_service_messages(tmp_path: Path) -> None:
    """Who joins by link or request, is invited, leaves or is removed, is followed by id."""
    records = only(
        tmp_path,
        service(1, "join_group_by_link", by="Anna", inviter="Group"),
        service(2, "join_group_by_request", by="Bob"),
        service(3, "invite_members", by="Carl", members=["Carl"]),
        service(4, "remove_members", by="Bob", members=["Bob"]),
        service(5, "remove_members", by="Boss", members=["Anna", None]),
        service(6, "pin_message", by="Boss", message_id=1),
        said(7, "hi", by="Boss"),
    )
    told = [(one.what, one.name) for one in records]
    assert told == [
        (What.JOIN, "Anna"),
        (What.JOIN, "Bob"),
        (What.JOIN, "Carl"),
        (What.LEAVE, "Bob"),
        (What.LEAVE, "Anna"),
        (What.MESSAGE, "Boss"),
    ]
    assert Role.ADMIN is records[-1].role
    assert f"user{id_of('Anna')}" == records[4].user


def test_somebody_invited_by_name_joins_when_first_heard(tmp_path: Path) -> None:
    """An invitation names no id: the join has its own time and comes before the first message."""
    records = only(
        tmp_path,
        service(1, "invite_members", by="Anna", members=["Newbie", "Silent"]),
        said(2, "hi", by="Newbie", seconds=600),
        said(3, "again", by="Newbie", seconds=700),
        service(4, "remove_members", by="Anna", members=["Nobody"], seconds=800),
    )
    assert [What.JOIN, What.MESSAGE, What.MESSAGE] == [one.what for one in records]
    assert (records[1].at - records[0].at).total_seconds() == 600


def test_roles_show_in_what_somebody_does(tmp_path: Path) -> None:
    """Who made the group is its owner; who writes as the group itself is an admin."""
    group = id_of("Flea Market")
    records = only(
        tmp_path,
        service(1, "create_supergroup", by="Anna", title="Flea Market"),
        said(2, "hi", by="Anna"),
        {**said(3, "news"), "from": "Flea Market", "from_id": f"channel{group}"},
        {**said(4, "ad"), "from": "Other", "from_id": "channel99"},
    )
    assert [Role.OWNER, Role.ADMIN, None] == [one.role for one in records]


def test_a_deleted_account_has_no_name(tmp_path: Path) -> None:
    """A message of a deleted account stays a message of its id."""
    (record,) = only(tmp_path, {**said(1, "x"), "from": None})
    assert ("", "user") == (record.name, record.user[:4])


def test_all_groups_of_a_full_export_are_read(tmp_path: Path) -> None:
    """Personal chats and channels are passed over, and counted."""
    export = everything(
        chat([said(1, "one")], title="A"),
        chat([said(1, "secret")], title="P", kind="personal_chat"),
        chat([said(2, "two")], title="B", kind="public_supergroup"),
    )
    records, reader = read(exported(tmp_path, export))
    assert [("A", "one"), ("B", "two")] == [(one.title, one.message.text) for one in records]
    assert ["1 chats were not read: they are no groups."] == reader.notes


def test_an_export_on_one_line_is_read(tmp_path: Path) -> None:
    """The layout of the JSON has no say."""
    path = tmp_path / "result.json"
    path.write_text(json.dumps(chat([said(1, "one"), said(2, "two")])))
    assert 2 == len(read(path)[0])


def test_a_damaged_message_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Broken JSON and a wrong type each cost one message; the others are read."""
    whole = written(
        chat([said(1, "one"), said(2, "BREAK"), said(3, {"no": "text"}), said(4, "two")])
    ).decode()
    path = tmp_path / "result.json"
    path.write_text(whole.replace('"BREAK"', '"x" x "y"'))
    records, reader = read(path)
    assert ["one", "two"] == [one.message.text for one in records]
    assert ["message 2", "message 3"] == [one.where for one in reader.faults.first]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"date_unixtime": "soon"}, "`date_unixtime` must be"),
        ({"from_id": None, "from": None}, "`from_id` is missing"),
    ],
)
def test_a_message_without_time_or_author_is_a_fault(
    tmp_path: Path, change: Item, where: str
) -> None:
    """What cannot be placed is counted."""
    path = exported(tmp_path, chat([{**said(1, "x"), **change}, said(2, "ok")]))
    records, reader = read(path)
    assert ["ok"] == [one.message.text for one in records]
    assert where in reader.faults.first[0].reason


def test_a_message_with_only_a_date_is_read(tmp_path: Path) -> None:
    """Old exports have no date_unixtime; their date counts as UTC."""
    old = said(1, "x", seconds=60)
    del old["date_unixtime"]
    assert "2026-03-02T08:01:00Z" == only(tmp_path, old)[0].ts


def test_entries_that_are_nothing_known_are_passed_over(tmp_path: Path) -> None:
    """An entry of a later version of the export is no fault."""
    assert 1 == len(only(tmp_path, {"id": 1, "type": "story"}, said(2, "x")))


@pytest.mark.parametrize("cut", [0.5, 0.9])
def test_an_export_that_breaks_off_gives_what_it_has(tmp_path: Path, cut: float) -> None:
    """A download that stopped halfway is said to be one."""
    whole = written(chat([said(number, "x" * 50) for number in range(1, 60)]))
    path = tmp_path / "result.json"
    path.write_bytes(whole[: int(len(whole) * cut)])
    records, reader = read(path)
    assert 20 < len(records) < 60
    assert "breaks off" in reader.faults.first[-1].reason


def test_nothing_readable_after_a_damaged_place(tmp_path: Path) -> None:
    """If no whole message follows the damage, the reader says that it ends there."""
    path = tmp_path / "result.json"
    path.write_text('{"name": "A", "id": 1, "messages": [ {"id": 1, "type": ?? } ]}' + " " * 50)
    records, reader = read(path)
    assert ([], 2) == (records, reader.faults.count)
    assert "breaks off" in reader.faults.first[-1].reason


def test_json_that_is_broken_outside_messages(tmp_path: Path) -> None:
    """Damage in the frame of the export ends reading with a fault, after what was read."""
    whole = written(chat([said(1, "one")])).decode()
    path = tmp_path / "result.json"
    path.write_text(whole.rstrip().removesuffix("}") + ', "left": ?? }' + " " * 50)
    records, reader = read(path)
    assert (1, 1) == (len(records), reader.faults.count)


def test_an_export_without_groups_says_how_to_export(tmp_path: Path) -> None:
    """An export of personal chats only is refused with what to do."""
    path = exported(tmp_path, chat([said(1, "x")], kind="personal_chat"))
    with pytest.raises(HistoryError, match="Machine-readable JSON"):
        read(path)
