"""Settings: what is expected is read, all else is refused by name, and the document says what the code does."""

from pathlib import Path

import pytest

from analytics.settings import BY_NAME, SETTINGS, SettingError, check_settings, settings_table, value
from analytics.snapshot import repository

WRONG = {
    "AIM_HOST": ["localhost", "1.2.3"],
    "AIM_PORT": ["0", "65536", "x", "", "8 050", "٣"],
    "AIM_WORKERS": ["0", "-1", "2.5"],
    "AIM_THREADS": ["0", "65"],
    "AIM_TIMEOUT": ["1"],
    "AIM_PREFIX": ["atlas", "/a b", "/../x", "//", "https://a.example"],
    "AIM_PROXIES": ["6", "-1"],
    "AIM_FRAMES": ["", "*", "a.example", "none; script-src *", "https://a.example 'unsafe-inline'"],
    "AIM_LANGUAGE": ["fr", "ZH"],
    "AIM_SNAPSHOTS": [__file__],
    "AIM_BOUNDARIES": ["/no/such/file.geojson"],
    "AIM_BUILD_MEMORY": ["", "4", "4 GB", "0GB", "4TB", "100000GB"],
    "AIM_BUILD_WORK": [__file__],
    "AIM_UPLOAD": ["yes", ""],
    "AIM_UPLOADS": [__file__],
    **{f"AIM_UPLOAD_{name}": ["0", "ten"] for name in ("BYTES", "ROWS", "SECONDS", "KEPT")},
    "AIM_LOG_LEVEL": ["INFO", "loud"],
    "AIM_METRICS": ["1"],
}
RIGHT = {
    "AIM_PREFIX": {"": "", "/": "", "/atlas": "/atlas", "/a/b-c/": "/a/b-c"},
    "AIM_FRAMES": {
        "none": "'none'",
        "self": "'self'",
        "https://a.example https://*.b.example:8443": "https://a.example https://*.b.example:8443",
    },
    "AIM_BUILD_MEMORY": {"500MB": "500MB", "12GB": "12GB"},
    "AIM_UPLOAD": {"on": True, "off": False},
    "AIM_PORT": {"1": 1, "65535": 65535},
    "AIM_BOUNDARIES": {__file__: Path(__file__), "": None},
}


def test_every_setting_has_wrong_values_here() -> None:
    assert WRONG.keys() == BY_NAME.keys()


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_a_wrong_value_is_refused_with_name_value_and_what_is_expected(
    name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingError) as refused:
        check_settings()
    said = str(refused.value)
    assert name in said and repr(text) in said and BY_NAME[name].expected.replace("`", "") in said


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in RIGHT.items() for text in texts])
def test_a_right_value_is_read(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, text)
    check_settings()
    assert value(name) == RIGHT[name][text]


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIM_PORT", "x")
    monkeypatch.setenv("AIM_UPLAOD", "off")
    with pytest.raises(SettingError, match=r"AIM_UPLAOD is no setting(.|\n)*AIM_PORT is 'x'"):
        check_settings()


def test_the_defaults_are_right(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in BY_NAME:
        monkeypatch.delenv(name, raising=False)
    check_settings()


def test_the_document_is_the_table() -> None:
    assert (repository() / "docs" / "settings.md").read_text("utf-8") == settings_table()
    assert len({one.name for one in SETTINGS}) == len(SETTINGS)
