"""Who enables whom, and how concentrated is it? Tables 6 and 7."""

from components.region_chapter import index
from components.shell import chart_page

SPANS = {
    "province_map": 7,
    "province_ranks": 5,
    "flow_map": 7,
    "flow_ranks": 5,
    "flow_matrix": 7,
    "flow_sankey": 5,
    "index_provinces": 5,
    "index_cities": 7,
}

layout = chart_page(SPANS, below=index)
