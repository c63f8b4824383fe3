"""The style sheet of every page: frame, common elements, phone, and presenter mode."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

_HEADER = """
  .stAppHeader { height: 3rem; min-height: 3rem; background: var(--st-background-color);
    border-bottom: 1px solid var(--st-border-color);
    padding-left: calc(max(1.6rem, (100vw - 1680px) / 2 + 1.6rem) + 12.4rem); }
  .stApp { --frame-side: max(1.6rem, (100vw - 1680px) / 2 + 1.6rem); }
  .st-key-frame-name { position: fixed; left: var(--frame-side); top: 0; height: 3rem;
    justify-content: center; z-index: 999991; width: auto; }
  .st-key-frame-name a { padding: .2rem 0; background: none; }
  .st-key-frame-name a p { font-weight: 650; white-space: nowrap; }
  .st-key-frame-buttons { position: fixed; right: var(--frame-side); top: 0; height: 3rem;
    justify-content: center; z-index: 999991; width: auto; }
  .st-key-frame-pages { display: none; }
  @media (max-width: 1500px) {
    .stAppHeader [data-testid="stTopNavLink"] > :has([data-testid="stIconMaterial"]) {
      display: none; }
  }
  @media (max-width: 1180px) {
    .st-key-frame-name a p { display: none; }
    .stAppHeader { padding-left: 3.4rem; }
  }
  @media (max-width: 768px) {
    .stAppHeader { padding-left: 1.6rem; }
    .stAppHeader [data-testid="stExpandSidebarButton"] { display: none; }
    .st-key-frame-name { left: .8rem; }
    .st-key-frame-name a p { display: inline; }
    .st-key-frame-buttons { right: .4rem; }
    .st-key-frame-pages { display: flex; position: fixed; left: 0; right: 0; bottom: 0; z-index: 91;
      background: var(--st-background-color); border-top: 1px solid var(--st-border-color);
      flex-flow: row; gap: 0; padding: 0 .2rem; height: 3.4rem; overflow-x: auto;
      scrollbar-width: none; }
    .st-key-frame-pages > div { flex: 1 0 auto; min-width: 3.6rem; }
    .st-key-frame-pages a { flex-direction: column; align-items: center; gap: 0;
      padding: .25rem .35rem; min-height: 3rem; }
    .st-key-frame-pages a p { font-size: .87rem; }
    .stMain .stMainBlockContainer { padding-bottom: 8.2rem; }
    .stApp .st-key-frame-tray { bottom: 3.4rem; }
  }
"""

_COMMON = """
  .stMainBlockContainer { padding: 3.4rem 1.6rem 5.6rem; max-width: 1680px; }
  .stMainBlockContainer h1 { padding: 0 0 0.35rem; margin: 0; letter-spacing: -0.01em; }
  .stMainBlockContainer [data-testid="stVerticalBlock"] { gap: 0.55rem; }
  .stMain [data-testid="stCaptionContainer"] { color: var(--st-text-color); opacity: 0.78; }
  .stMain [data-testid="stCaptionContainer"] code { font-size: .87rem; }
  .ls-hint { opacity: 0.72; margin: 0.3rem 0 0; font-size: 0.95rem; }
  .st-key-frame-tray { position: fixed; left: 0; right: 0; bottom: 0; z-index: 90;
    padding: 0.35rem var(--frame-side); background: var(--st-background-color, Canvas);
    border-top: 1px solid var(--st-border-color, #8884); }
  .st-key-frame-controls [data-testid="stButtonGroup"] button { min-height: 2.5rem; }
  [data-testid="stWidgetLabel"] p { font-size: .87rem; opacity: 0.75; }
  @media (min-width: 641px) {
    .st-key-popover-map-params button [data-testid="stMarkdownContainer"] { position: absolute;
      width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  }
  .ls-step { width: 44px; height: 44px; object-fit: contain; image-rendering: pixelated;
    border-radius: 4px; background: #8882; display: block; }
  .ls-refused { margin: 0 0 0.3rem; padding: 0.45rem 0.7rem; border-left: 3px solid #c2410c;
    border-radius: 4px; background: color-mix(in srgb, #c2410c 9%, transparent); }
  .ls-nearest { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; }
  .ls-nearest figure { margin: 0; text-align: center; }
  .ls-nearest img { width: 100%; image-rendering: pixelated; border-radius: 4px; display: block; }
  .ls-nearest figcaption { font-size: .87rem; opacity: 0.75; }
  .stCode pre, .stCode code { white-space: pre-wrap !important; }
  .ls-gain { display: flex; gap: 10px; align-items: center; }
  .ls-gain figure { margin: 0; text-align: center; }
  .ls-gain img { width: 64px; image-rendering: pixelated; border-radius: 4px; display: block; }
  .ls-gain figcaption { font-size: .87rem; opacity: 0.75; }
  .ls-gain p { margin: 0 0 0 0.4rem; }
  .ls-resampled { display: flex; gap: 8px; }
  .ls-resampled figure { flex: 1 1 0; max-width: 128px; margin: 0; text-align: center; }
  .ls-resampled img { width: 100%; border-radius: 4px; display: block; }
  .ls-resampled figcaption { font-size: .87rem; opacity: 0.75; }
  @media (max-width: 640px) {
    .stMainBlockContainer { padding: 3.2rem 0.8rem 6rem; }
    .st-key-frame-tray { padding: 0.35rem 0.8rem; }
    .st-key-frame-controls [data-testid="stColumn"] { min-width: 40%; flex: 1 1 40%; }
  }
"""

_PRESENTER = """
  :root { font-size: clamp(19px, 1.5vw, 48px); }
  .stMain .stMainBlockContainer { max-width: none; }
  .stApp { --frame-side: 1.6rem; }
  .stApp .stAppHeader { padding-left: 4rem; }
  .stAppHeader [data-testid="stTopNavLink"] > :has([data-testid="stIconMaterial"]),
  .st-key-frame-name a p { display: none; }
  .stApp .ls-page-header > button span { position: absolute; width: 1px; height: 1px;
    overflow: hidden; clip-path: inset(50%); }
  .stApp .ls-small { --ls-picture: clamp(200px, 21vw, 720px); }
  .stApp .ls-small:has([data-part=plot]:not([hidden])) { --ls-picture: clamp(160px, 13vw, 480px); }
  .stApp .ls-small-part[data-part=code] { flex: 1 1 9rem; max-width: 16rem; }
  .stApp .ls-small-part[data-part=plot] { flex-basis: 280px; }
  .stApp { --st-text-color: light-dark(#000, #fff); --st-background-color: light-dark(#fff, #000);
    --st-border-color: light-dark(#767676, #9a9a9a); --ls-point-scale: 1.7;
    background: var(--st-background-color); color: var(--st-text-color); }
  .stApp .ls { --ls-muted: var(--st-text-color); }
  .stApp .ls-map { --muted: var(--st-text-color); }
  .ls-hint, .stMain [data-testid="stCaptionContainer"], .stMain .ls-caption, .stMain .ls-map-about,
  .stMain .ls-map-note { display: none !important; }
"""


_HIDDEN = {
    "controls": ".st-key-frame-controls { display: none; }",
    "nav": """
  .stAppHeader [data-testid="stTopNavLink"], .stAppHeader [data-testid="stTopNavSection"],
  .stAppHeader [data-testid="stExpandSidebarButton"], .st-key-frame-pages,
  .stApp .st-key-frame-pages { display: none; }
  .st-key-frame-name { pointer-events: none; }
  @media (max-width: 768px) { .stApp .st-key-frame-tray { bottom: 0; } }
""",
}
"""The style that hides each part of the page that a link can hide."""


def page_style(*, presenting: bool, hidden: Collection[str] = ()) -> str:
    """The style sheet as HTML.

    Parameters
    ----------
    presenting
        Whether the page is for a projector.
    hidden
        Parts that are not shown, names in `ui.classroom.link.HIDEABLE`.
    """
    parts = [_theme_variables(), _HEADER, _COMMON, *([_PRESENTER] if presenting else [])]
    parts += [_HIDDEN[name] for name in sorted(hidden)]
    return f"<style>{''.join(parts)}</style>"


def _theme_variables() -> str:
    """The theme's colors as the CSS variables that components use, for the page as well."""
    variables = []
    for name in ("primary", "background", "border", "text"):
        light, dark = (st.get_option(f"theme.{base}.{name}Color") for base in ("light", "dark"))
        if light and dark:
            variables.append(f"--st-{name}-color: light-dark({light}, {dark});")
    return f".stApp {{ {' '.join(variables)} }}"
