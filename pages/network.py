"""How does the value network grow, and who holds it together? Tables 1 to 3, figure 14."""

from components.shell import chart_page

SPANS = {
    "network_size": 12,
    "network_path": 6,
    "network_clustering": 6,
    "network_degree": 6,
    "network_diameter": 6,
    "degree_concentration": 6,
    "network_growth": 6,
    "degree_tail": 6,
    "degree_lorenz": 6,
    "sample_hubs": 6,
    "relation_hubs": 6,
    "rank_movement": 12,
    "platform_reach": 12,
}

layout = chart_page(SPANS)
