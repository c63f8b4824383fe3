import streamlit as st
from ui.live import live
st.write("x", live("probe.js", key="p", data={"a": 1}, events=("picked",)))
