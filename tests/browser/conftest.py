"""One browser and one app for all browser tests of a process; a page for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.driver import chromium, running_app
from tests.browser.morph_page import Reference

expect.set_options(timeout=20_000)  # two busy cores and a software WebGL


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app in a process of its own; the first test that uses it finds an empty cache."""
    with running_app(tmp_path_factory.mktemp("app") / "cache", OMP_NUM_THREADS="1") as found:
        yield found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[pytest.TestReport]:
    """A test that fails shows what was to be read on its page."""
    report: pytest.TestReport = yield  # type: ignore[misc]  # what the hooks inside have made
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None and not page.is_closed():
        report.sections.append((f"the page {page.url}", page.inner_text("body")[:3000]))
    return report


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """What the pages share: the browser's cache."""
    opened = browser.new_context(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no error may happen."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
    yield opened
    if not opened.is_closed() and opened.url.startswith("http"):
        opened.evaluate("localStorage.clear()")
    opened.close()
    context.clear_cookies()
    assert errors == []


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference()
