"""What every page has to stand: it is light, axe finds nothing in light or dark, and nothing scrolls sideways at 320 or 1280 px."""

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


# The page, its styles and its scripts as they came over the wire; pictures are the people's own.
HEAVIEST = 80_000
WEIGHT = """
() => performance.getEntries()
  .filter(e => e.entryType === 'navigation' || ['script', 'link', 'css'].includes(e.initiatorType))
  .reduce((sum, e) => sum + e.encodedBodySize, 0)
"""


def check_fit(page: Page, name: str) -> None:
    """Fails with what weight, axe or width found on the page as it is; ``name`` says which page that was."""
    before = page.viewport_size
    weight = page.evaluate(WEIGHT)
    assert 0 < weight < HEAVIEST, f"{name} weighs {weight} bytes"
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
