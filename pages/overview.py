"""How polarized is China's AI industry, and how fast does it spread? The numbers that matter."""

from components.help import tour_invite
from components.kpis import kpis
from components.shell import chart_page

SPANS = {
    "province_map": 7,
    "province_ranks": 5,
    "network_path": 6,
    "technologies": 6,
    "layers": 6,
    "patent_layers": 6,
}

layout = chart_page(SPANS, tour_invite, kpis)
