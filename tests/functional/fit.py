"""What every page has to stand: axe finds nothing in light or dark, and nothing scrolls sideways at 320 or 1280 px."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


# What passed is not listed: that is most of the work.
ONLY_VIOLATIONS = {"resultTypes": ["violations"]}
# Dark colours change nothing but colours: only the rule on contrast can then find something new.
ONLY_COLOURS = ONLY_VIOLATIONS | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
AXE = Axe().axe_script
VIOLATIONS = """
options => axe.run(document, options).then(found => found.violations.map(
  v => v.id + ": " + v.help + "\\n" + v.nodes.map(n => "  " + n.html + "  " + n.failureSummary).join("\\n")))
"""


def check_fit(page: Page, name: str) -> None:
    """Fails with what axe or the width found on the page as it is; ``name`` says which page that was."""
    before = page.viewport_size
    page.evaluate(AXE)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}"
        for scheme, options in (("light", ONLY_VIOLATIONS), ("dark", ONLY_COLOURS)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # one of the two literals
            found = page.evaluate(VIOLATIONS, options)
            assert found == [], f"{name}, {width} {scheme}\n" + "\n".join(found)
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)
