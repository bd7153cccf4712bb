"""Write docs/third-party.md anew."""

from tests.licenses.page import page
from tests.licenses.terms import ROOT

lock = (ROOT / "requirements.lock").read_text("utf-8")
(ROOT / "docs" / "third-party.md").write_text(page(lock), "utf-8", newline="\n")
