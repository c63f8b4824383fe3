"""Page configuration and navigation; `app.py` serves it."""

from pathlib import Path

import streamlit as st

from ui.startup.activity import activity

PAGES = Path(__file__).resolve().parent.parent / "pages"

APP_NAME = "Latent Space Explorer"

st.set_page_config(page_title=APP_NAME, page_icon="◧", layout="wide")
home = st.Page(PAGES / "map.py", title="Map", icon=":material/scatter_plot:", default=True)
pages = [
    st.Page(PAGES / "learn.py", title="Learn", icon=":material/school:", url_path="learn"),
    home,
    st.Page(PAGES / "encode.py", title="Encode", icon=":material/draw:", url_path="encode"),
    st.Page(PAGES / "morph.py", title="Morph", icon=":material/animation:", url_path="morph"),
    st.Page(PAGES / "dimensions.py", title="Dimensions", icon=":material/tune:"),
    st.Page(PAGES / "samples.py", title="Samples", icon=":material/casino:", url_path="samples"),
    st.Page(PAGES / "uses.py", title="Uses", icon=":material/build:", url_path="uses"),
    st.Page(PAGES / "models.py", title="Models", icon=":material/compare:", url_path="models"),
    st.Page(PAGES / "compare.py", title="Compare", icon=":material/difference:"),
    st.Page(PAGES / "open.py", title="Open", icon=":material/folder_open:", url_path="open"),
]
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} – {APP_NAME}")
with activity.script_run():
    with st.container(key="frame-name"):
        st.page_link(home, label=APP_NAME, icon=":material/bubble_chart:")
    page.run()
    with st.container(key="frame-pages"):  # on a phone, in reach of the thumb
        for link in pages:
            st.page_link(link)
