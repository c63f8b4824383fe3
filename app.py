"""Latent Space Explorer: start with `make run` or `streamlit run app.py`."""

import streamlit as st
from starlette.middleware import Middleware

from ui.components.routes import routes
from ui.startup.boot_script import BootScript
from ui.startup.import_lock import serialize_imports
from ui.startup.security_headers import SecurityHeaders
from ui.startup.warmup import lifespan
from ui.visitor.upload_budget import UploadBudget

serialize_imports()
app = st.App(
    "ui/navigation.py",
    routes=routes(),
    lifespan=lifespan,
    middleware=[Middleware(BootScript), Middleware(SecurityHeaders), Middleware(UploadBudget)],
)
