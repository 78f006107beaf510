"""Asks every page once, so that byte code and compiled kernels are in the image; run in the build stage."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from analytics import uploads
from app import server
from components.charts import CHARTS
from components.i18n import LANGUAGES
from components.shell import ROUTES, path_of

OTHERS = (
    "/explorer/view.json",
    "/data/contract.json",
    "/data/template.xlsx",
    "/network/stats.json?province=11",
    "/health",
)


def main() -> None:
    """Ask, and end the build of the image when anything is not answered."""
    import analytics.build  # what a reader's upload runs

    client = server.test_client()
    pages = [path_of(page, lang) for page in ROUTES for lang in LANGUAGES]
    charts = [f"/cards/{lang}.json?charts={chart}" for chart in CHARTS for lang in LANGUAGES]
    for link in (*pages, *charts, *OTHERS):
        answer = client.get(link)
        if answer.status_code != 200:
            sys.exit(f"{link} answers {answer.status_code}")
    print(f"{len(pages)} pages and {len(charts)} cards answer; modules: {analytics.build.__name__}, {uploads.__name__}")


if __name__ == "__main__":
    main()
