"""Latent Space Explorer: start with `make run` or `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from ui.boot_script import BootScript
from ui.components.routes import routes
from ui.import_lock import serialize_imports
from ui.security_headers import SecurityHeaders
from ui.upload_budget import UploadBudget
from ui.warmup import lifespan

serialize_imports()
app = st.App(
    "ui/navigation.py",
    routes=routes(),
    lifespan=lifespan,
    middleware=[Middleware(BootScript), Middleware(SecurityHeaders), Middleware(UploadBudget)],
)
