"""Every chart there is, by id."""

from components.charts.central import CENTRAL
from components.charts.editions import EDITIONS
from components.charts.firms import FIRMS
from components.charts.leaders import LEADING
from components.charts.network import NETWORK
from components.charts.polarization import POLARIZATION
from components.charts.space import SPACE
from components.charts.spec import ChartSpec
from components.charts.technology import TECHNOLOGY

SUBJECTS = (FIRMS, NETWORK, LEADING, CENTRAL, TECHNOLOGY, SPACE, POLARIZATION, EDITIONS)
CHARTS: dict[str, ChartSpec] = {spec.id: spec for subject in SUBJECTS for spec in subject}
