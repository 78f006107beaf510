"""The pictures of the README: each of a page that is there, taken in both languages."""

from components.i18n import LANGUAGES
from components.shell import ROUTES
from tests.pictures import DOCS, SHOWN, picture_name


def test_every_picture_is_of_a_page() -> None:
    assert {path for path, _ in SHOWN.values()} <= set(ROUTES.values())


def test_every_picture_is_there_in_both_languages() -> None:
    for name in SHOWN:
        for lang in LANGUAGES:
            file = DOCS / picture_name(name, lang)
            assert file.read_bytes().startswith(b"\x89PNG") and file.stat().st_size < 1_000_000, file.name
