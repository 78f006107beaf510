"""The files a card gives: pictures that can be cited, and the rows of its table."""

import base64
import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from analytics import store
from components.charts import CHARTS
from components.i18n import t
from components.shell import path_of
from components.sources import source_line
from components.table import MOST_LINES
from tests.e2e.steps import LANGUAGES, fetched, rows_of, table_of, visit

SVG = "{http://www.w3.org/2000/svg}"
CASES = [
    ("province_map", "space", "zh"),
    ("province_map", "space", "en"),
    ("flow_sankey", "space", "zh"),
    ("flow_matrix", "space", "en"),
    ("industry_tree", "technology", "zh"),
]
# Counts the colours, and the share of dots that differ from the corner, on a third of the size.
COLOURS = """async (text) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + text;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width / 3; canvas.height = image.height / 3;
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const dots = new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
  return [new Set(dots).size, dots.filter((one) => one !== dots[0]).length / dots.length];
}"""


def download(page: Page, selector: str, folder: Path) -> Path:
    """Click and give the file that comes."""
    with page.expect_download(timeout=15000) as waiting:
        page.locator(selector).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


@pytest.mark.parametrize(("chart", "name", "lang"), CASES)
def test_pictures_can_be_cited(page: Page, chart: str, name: str, lang: str, tmp_path: Path) -> None:
    visit(page, path_of(name, lang))
    card = f"#card-{chart}"
    image = download(page, f"{card} [data-action=png]", tmp_path)
    drawing = download(page, f"{card} [data-action=svg]", tmp_path)
    assert (image.name, drawing.name) == (f"{chart}-{lang}.png", f"{chart}-{lang}.svg")
    content = image.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    root = ElementTree.fromstring(drawing.read_text("utf-8"))
    assert width == 2400 and height == 2 * int(root.attrib["height"]) and root.attrib["width"] == "1200"
    colours, painted = page.evaluate(COLOURS, base64.b64encode(content).decode())
    assert colours > 100 and painted > 0.02, (colours, painted)
    title = t(f"chart.{chart}.title", lang)
    assert root.findtext(f"{SVG}title") == title
    words = squeezed(lines_of(root))
    link = page.evaluate("location.origin + location.pathname")
    version = t("app.version", lang, version=store.manifest()["version"])
    for needed in (title, source_line(CHARTS[chart], lang), version, f"{link}#card-{chart}"):
        assert squeezed(needed) in words, needed


def lines_of(root: Any) -> str:
    """Give the frame's own words, which stand in the drawing's first generation, as they are wrapped."""
    return " ".join(one.text or "" for one in root.findall(f"{SVG}text"))


def squeezed(text: str) -> str:
    """Take out the blanks, which wrapping moves."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_picture_names_the_filters(page: Page, lang: str, tmp_path: Path) -> None:
    visit(page, f"{path_of('space', lang)}?province=11,44")
    path = download(page, "#card-province_ranks [data-action=svg]", tmp_path)
    words = lines_of(ElementTree.fromstring(path.read_text("utf-8")))
    assert ("北京 · 广东" if lang == "zh" else "Beijing · Guangdong") in words
    assert "province=11,44" in squeezed(words)


def test_picture_of_a_card_that_shows_its_table(page: Page, tmp_path: Path) -> None:
    visit(page, "/zh/technology?table=technologies")
    path = download(page, "#card-technologies [data-action=svg]", tmp_path)
    root = ElementTree.fromstring(path.read_text("utf-8"))
    bars = [one for one in root.iter(f"{SVG}g") if one.get("class", "").split()[:1] == ["point"]]
    rows = page.locator("#card-technologies .data-table tbody tr").count()
    assert len(bars) == rows > 3


@pytest.mark.parametrize(("chart", "lang"), [("province_map", "zh"), ("flow_ranks", "en")])
def test_downloaded_rows_are_the_table(page: Page, site: str, chart: str, lang: str, tmp_path: Path) -> None:
    visit(page, f"{path_of('space', lang)}?province=11,31,44&table={chart}")
    path = download(page, f"#card-{chart} a.tool[download]", tmp_path)
    assert path.name == f"{chart}.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = rows_of(path.read_bytes())
    kinds, lines = table_of(page, chart)
    item, value = kinds.index("item"), kinds.index("num")
    assert [line[item] for line in lines] == [row[f"item_{lang}"] for row in rows]
    numbers = [float(line[value].rstrip("%").replace(",", "")) for line in lines]
    assert numbers == pytest.approx([float(row["value"]) for row in rows], abs=0.005)


def test_all_numbers_download(page: Page, site: str, tmp_path: Path) -> None:
    visit(page, "/zh/data")
    path = download(page, ".table-bar a.tool", tmp_path)
    rows = rows_of(path.read_bytes())
    assert rows == fetched(f"{site}/data/facts.csv")
    expect(page.locator("#facts-table tbody tr")).to_have_count(MOST_LINES)
