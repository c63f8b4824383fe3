"""Page configuration and navigation; `app.py` serves it."""

from pathlib import Path

import streamlit as st

from ui.activity import activity

PAGES = Path(__file__).resolve().parent.parent / "pages"

st.set_page_config(page_title="Latent Space Explorer", page_icon="◧", layout="wide")
page = st.navigation(
    [
        st.Page(PAGES / "map.py", title="Map", icon=":material/scatter_plot:", default=True),
        st.Page(PAGES / "encode.py", title="Encode", icon=":material/draw:", url_path="encode"),
        st.Page(PAGES / "morph.py", title="Morph", icon=":material/animation:", url_path="morph"),
        st.Page(PAGES / "dimensions.py", title="Dimensions", icon=":material/tune:"),
        st.Page(PAGES / "models.py", title="Models", icon=":material/compare:", url_path="models"),
    ],
    position="top",
)
with activity.script_run():
    page.run()
