"""The firms page in a few lines of Streamlit: a layer to choose, twelve charts."""

import streamlit as st
from firms import CHARTS, FIRMS, LAYERS, draw

st.set_page_config(layout="wide")
layer = st.radio("layer", ["all", *LAYERS], horizontal=True)
rows = FIRMS if layer == "all" else FIRMS[FIRMS["layer"] == layer]
columns = st.columns(3)
for at, title in enumerate(CHARTS):
    columns[at % 3].plotly_chart(draw(rows, title), key=title)
