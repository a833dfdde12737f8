"""Settings: what is read from where, and what a wrong one says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings, variable


def faults_of(env: dict[str, str], env_file: Path | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(env, env_file)
    return caught.value.faults


def test_defaults_keep_to_this_machine() -> None:
    """With nothing configured the pages are on loopback and the database is in the home folder."""
    settings = load_settings({})
    assert ("127.0.0.1", 8470) == (settings.web_host, settings.web_port)
    assert timedelta(days=30) == settings.retention
    home = Path("qunguan-home").absolute().as_posix()
    assert f"sqlite:///{home}/qunguan.db" == settings.database == settings.safe_database_url


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("home", "/srv/q", Path("/srv/q")),
        ("home", "~/q", Path.home() / "q"),
        ("web_host", "0.0.0.0", "0.0.0.0"),  # noqa: S104
        ("web_port", " 0 ", 0),
        ("web_port", "65535", 65535),
        ("language", "ZH", "zh"),
        ("retention", "12h", timedelta(hours=12)),
        ("retention", "1d12h", timedelta(hours=36)),
        ("retention", "90m", timedelta(minutes=90)),
        ("log_level", "DEBUG", "debug"),
        ("log_format", "json", "json"),
        ("open_browser", "no", False),
        ("open_browser", "1", True),
    ],
)
def test_a_value_is_read(field: str, text: str, value: object) -> None:
    """Each setting is read from its variable in the form that the page of settings shows."""
    assert value == getattr(load_settings({variable(field): text}), field)


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql://u@h:5432/d", "postgresql+psycopg://u@h:5432/d"),
        ("postgresql+psycopg:///d", "postgresql+psycopg:///d"),
        ("sqlite:////srv/q.db", "sqlite:////srv/q.db"),
    ],
)
def test_a_database_is_opened_with_our_driver(url: str, opened: str) -> None:
    """Every usual way to write a PostgreSQL URL opens it with the driver that is installed."""
    assert opened == load_settings({"QUNGUAN_DATABASE_URL": url}).database


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        (
            "QUNGUAN_WEB_PORT",
            "80a0",
            (
                "QUNGUAN_WEB_PORT must be a whole number from 0 to 65535, but the environment has "
                '"80a0": write for example QUNGUAN_WEB_PORT=8470, or remove it.'
            ),
        ),
        ("QUNGUAN_WEB_PORT", "65536", 'from 0 to 65535, but the environment has "65536"'),
        ("QUNGUAN_WEB_HOST", " ", 'an address of this machine, but the environment has ""'),
        ("QUNGUAN_RETENTION", "30", "12h or 1d12h, above zero and up to 3650d, but"),
        ("QUNGUAN_RETENTION", "d", 'has "d"'),
        ("QUNGUAN_RETENTION", "0d", 'has "0d"'),
        ("QUNGUAN_RETENTION", "1.5d", 'has "1.5d"'),
        ("QUNGUAN_RETENTION", "１d", 'has "１d"'),
        ("QUNGUAN_RETENTION", "99999d99999d", "QUNGUAN_RETENTION must be"),
        ("QUNGUAN_RETENTION", "9d" * 5000, "QUNGUAN_RETENTION must be"),
        ("QUNGUAN_LANGUAGE", "d\ne", 'has "d e"'),
        ("QUNGUAN_LANGUAGE", "de", 'auto, zh or en, but the environment has "de"'),
        ("QUNGUAN_LOG_LEVEL", "loud", "debug, info, warning or error, but"),
        ("QUNGUAN_LOG_FORMAT", "xml", "console or json, but"),
        ("QUNGUAN_OPEN_BROWSER", "perhaps", "yes or no, but"),
        ("QUNGUAN_DATABASE_URL", "mysql://h/d", 'has one that begins with "mysql://"'),
        ("QUNGUAN_DATABASE_URL", "hunter2", "has one without a scheme"),
        ("QUNGUAN_DATABASE_URL", "sqlite://", 'has one that begins with "sqlite://"'),
        (
            "QUNGUAN_WEBPORT",
            "1",
            "QUNGUAN_WEBPORT (from the environment) is not a setting: did you",
        ),
        ("qunguan_home", "x", "did you mean QUNGUAN_HOME? Rename it, or remove it."),
    ],
)
def test_a_wrong_value_is_one_sentence(name: str, text: str, fault: str) -> None:
    """A wrong setting says its name, what was expected, what was found and what to do."""
    (found,) = faults_of({name: text})
    assert fault in found
    assert "\n" not in found
    assert len(found) < 300


def test_every_wrong_value_is_told_at_once() -> None:
    """Three mistakes are three sentences, not one after the other over three starts."""
    env = {"QUNGUAN_WEB_PORT": "x", "QUNGUAN_LOG_LEVEL": "x", "QUNGUAN_HOMES": "x"}
    assert 3 == len(faults_of(env))


def test_other_names_are_let_be() -> None:
    """Variables of other programs, and ours for tests, are no mistake; an empty one is not set."""
    env = {"QUNGUAN_CRASH_POINT": "3", "PATH": "x", "QUNGUAN_WEB_PORT": ""}
    assert load_settings({}) == load_settings(env)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("postgresql://bob:hunter2@h:1/d", "postgresql+psycopg://h:1/d"),
        ("postgresql://hunter2@h/d", "postgresql+psycopg://h/d"),
        ("postgresql://h/d?user=bob&password=hunter2", "postgresql+psycopg://h/d"),
        ("postgresql://bob:%3Fhunter2%40@h", "postgresql+psycopg://h"),
    ],
)
def test_a_password_is_never_shown(url: str, safe: str) -> None:
    """The database's password is in no repr, no dump and no shown URL, however it is written."""
    settings = load_settings({"QUNGUAN_DATABASE_URL": url})
    assert safe == settings.safe_database_url
    shown = f"{settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert "hunter2" not in shown
    (fault,) = faults_of({"QUNGUAN_DATABASE_URL": url.replace("postgresql", "oracle")})
    assert "hunter2" not in fault


@pytest.mark.parametrize(
    "rest", ["bob:a@hunter2@h/d", "bob:q?hunter2@h/d", "bob:q/hunter2@h/d", "h/d?user=a@hunter2"]
)
def test_a_password_must_be_written_so_that_it_can_be_told_apart(rest: str) -> None:
    """A URL in which the password cannot be told from the rest is refused, and not shown."""
    (fault,) = faults_of({"QUNGUAN_DATABASE_URL": f"postgresql://{rest}"})
    assert "hunter2" not in fault
    assert "%40" in fault


def test_a_missing_file_sets_nothing(tmp_path: Path) -> None:
    """Without a `.env` file the environment alone counts."""
    assert Settings() == load_settings({}, tmp_path / ".env")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A `.env` file sets what the environment does not."""
    file = tmp_path / ".env"
    file.write_text("\ufeff# ours\nQUNGUAN_WEB_PORT=1\nexport QUNGUAN_LANGUAGE='zh'\nOTHER=$x\n")
    settings = load_settings({"QUNGUAN_WEB_PORT": "2"}, file)
    assert (2, "zh") == (settings.web_port, settings.language)


def test_a_fault_in_the_file_has_its_line(tmp_path: Path) -> None:
    """What is wrong in `.env` is told with the number of its line."""
    file = tmp_path / ".env"
    file.write_text("QUNGUAN_LANGUAGE=zh\n=nothing\nQUNGUAN_WEB_PORT=x\n")
    first, second = faults_of({}, file)
    assert first.startswith(f"{file}:2 must read NAME=value")
    assert f'but {file}:3 has "x"' in second


@pytest.mark.parametrize("content", [b"\xff\xfe\x00A", None])
def test_an_unreadable_file_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    """A `.env` that is no text, or a folder, is told in one sentence."""
    file = tmp_path / ".env"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    (fault,) = faults_of({}, file)
    assert "must be a text file in UTF-8" in fault


def test_without_arguments_the_process_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot itself reads this process's environment and `.env` of the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUNGUAN_LOG_LEVEL", "error")
    monkeypatch.delenv("QUNGUAN_WEB_PORT", raising=False)
    (tmp_path / ".env").write_text("QUNGUAN_WEB_PORT=1234\n")
    settings = load_settings()
    assert (1234, "error") == (settings.web_port, settings.log_level)


@pytest.mark.parametrize(
    ("env", "speaks"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN", "QUNGUAN_LANGUAGE": "en"}, "en"),
        ({"LANG": "zh_CN", "QUNGUAN_LANGUAGE": "auto"}, "zh"),
    ],
)
def test_auto_speaks_the_systems_language(env: dict[str, str], speaks: str) -> None:
    """`auto` follows the system's language; a chosen one wins."""
    assert speaks == load_settings(env).speaks


def test_settings_are_made_without_an_environment() -> None:
    """Whoever makes settings by hand gets what was said, whatever the environment holds."""
    assert timedelta(seconds=9) == Settings(retention=timedelta(seconds=9)).retention


def test_settings_do_not_change() -> None:
    """What was read at the start stays."""
    with pytest.raises(ValueError, match="frozen"):
        Settings().web_port = 1  # type: ignore[misc]


def test_every_setting_explains_itself() -> None:
    """The page of settings and every fault find a description, an example and the expected form."""
    assert len(Settings.model_fields) > 5
    for field in Settings.model_fields.values():
        assert field.description
        assert field.examples
        assert isinstance(field.json_schema_extra, dict)
        assert field.json_schema_extra["expected"]


def test_a_home_of_nobody_is_a_fault() -> None:
    """`~name` of nobody is told like any other wrong value."""
    with pytest.raises(SettingsError) as found:
        load_settings({"QUNGUAN_HOME": "~nobody-of-this-name/home"})
    assert "QUNGUAN_HOME must be a folder, but" in str(found.value)
