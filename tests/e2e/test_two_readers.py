"""A reader's own data set, seen by whoever has its link, by nobody else, and by nobody once it is deleted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from analytics.snapshot import UPLOADS
from components.i18n import t
from components.shell import path_of
from tests.bench.server import serving
from tests.e2e.conftest import OpenPage
from tests.e2e.steps import visit

MINI = Path(__file__).parents[1] / "mini"
COUNTS = t("upload.counts", "en", firms=20, organizations=9, relations=24)
NAMES = ("甲一", "Firm 01", "甲大学", "University 1")
READ_KINDS = ("document", "xhr", "fetch")
DATA, OVERVIEW, NETWORK = (path_of(page, "en") for page in ("data", "overview", "network"))


@pytest.fixture(scope="module")
def site(snapshot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, whose readers' data sets go to a folder that is thrown away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(UPLOADS, str(tmp_path_factory.mktemp("uploads")))
        with serving() as (url, _process):
            yield url


def load(page: Page) -> str:
    """Load the mini data as a reader does and open it; give its id."""
    page.goto(DATA)
    page.locator("form.upload input[type=file]").set_input_files(sorted(MINI.glob("*.csv")))
    page.locator("form.upload button[type=submit]").click()
    done = page.locator(".upload-status a.button")
    expect(done).to_be_visible(timeout=60_000)
    expect(page.locator(".upload-line")).to_have_text(COUNTS)
    done.click()
    page.wait_for_url("**?data=*")
    return page.url.partition("?data=")[2]


def shows_own(page: Page) -> None:
    """Wait until the data page shows the mini data."""
    expect(page.locator("#loaded")).to_contain_text(t("dataset.own", "en"))
    expect(page.locator("#loaded")).to_contain_text(COUNTS)
    expect(page.locator("body")).to_contain_text(t("app.own_data", "en"))


def shows_default(page: Page) -> None:
    """Wait until the data page shows the data set in use for all."""
    expect(page.locator("#loaded")).to_contain_text(t("dataset.reconstruction", "en"))
    expect(page.locator("#loaded")).not_to_contain_text(COUNTS)
    expect(page.locator("body")).not_to_contain_text(t("app.own_data", "en"))


def traces(page: Page, answers: list[Response], data: str) -> list[str]:
    """Name what a page and its answers tell of the data set; answers read are forgotten."""
    found = {answer.url: answer.text() for answer in answers if answer.request.resource_type in READ_KINDS}
    answers.clear()
    assert found
    texts = {**found, "the page": page.content(), "its text": page.inner_text("body"), "its link": page.url}
    marks = (data, COUNTS, *NAMES)
    return [f"{mark} in {where}" for where, text in texts.items() for mark in marks if mark in where + text]


def test_only_who_has_the_link_sees_the_data(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    visit(other, DATA)
    shows_default(other)
    data = load(one)
    shows_own(one)
    answers: list[Response] = []
    other.on("response", lambda answer: answers.append(answer))
    for path in (DATA, OVERVIEW, NETWORK):
        visit(other, path)
        assert traces(other, answers, data) == []
    listed = other.request.get("/data/index.json").text()
    assert [mark for mark in (data, *NAMES) if mark in listed] == []
    visit(other, f"{DATA}?data={data}")
    shows_own(other)
    assert traces(other, answers, data) != []
    visit(other, f"{NETWORK}?data={data}")
    expect(other.locator("body")).to_contain_text(t("app.own_data", "en"))


@pytest.mark.long
def test_a_wrong_link_opens_nothing(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    data = load(one)
    assert other.request.get(f"/upload/{data}.json").status == 200
    for wrong in (data[:-2] + data[-2:].swapcase() + "-", data[:-1], data[::-1], "A" * len(data)):
        for path in (f"/upload/{wrong}.json", f"/data/{wrong}/ledger.csv"):
            answer = other.request.get(path)
            assert answer.status == 404 and COUNTS not in answer.text()
        assert other.request.post(f"/upload/{wrong}/delete").status == 404
    visit(other, f"{DATA}?data={data[::-1]}")
    shows_default(other)
    one.reload()
    shows_own(one)


@pytest.mark.long
def test_what_is_deleted_is_gone_for_everybody(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    data = load(one)
    visit(other, f"{OVERVIEW}?data={data}")
    expect(other.locator("body")).to_contain_text(t("app.own_data", "en"))
    one.on("dialog", lambda dialog: dialog.accept())
    one.locator("button.forget").click()
    one.wait_for_url(f"**{DATA}")
    shows_default(one)
    said = t("filter.ignored", "en", keys=t("filter.key_data", "en"))
    other.reload()
    expect(other.get_by_text(said)).to_be_visible()
    expect(other.locator("body")).not_to_contain_text(t("app.own_data", "en"))
    for page in (one, other):
        assert page.request.get(f"/upload/{data}.json").status == 404
        assert page.request.get(f"/data/{data}/ledger.csv").status == 404
        visit(page, f"{DATA}?data={data}")
        shows_default(page)
    chart = other.request.get(f"/data/firm_provinces.json?data={data}")
    assert chart.status == 200 and chart.json()["ignored"] == ["data"] and chart.json()["badge"] == "modelled"


@pytest.mark.long
def test_an_open_page_says_that_its_data_set_is_gone(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    data = load(one)
    visit(other, f"{OVERVIEW}?data={data}")
    assert one.request.post(f"/upload/{data}/delete").status == 200
    with other.expect_response("**/cards/*"):
        other.locator("[data-region='11,12,13']").click()
    expect(other.locator("body")).not_to_contain_text(t("app.own_data", "en"))
