"""The part of the tour that follows a change of data: its kind, its form, its papers, its receipt."""

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from app.domain.personal_numbers import jmbg
from tests.robots.changes import Changes
from tests.robots.clerk import Clerk
from ui.desk.places import AccountSection

Picture = Callable[[str], None]
PAYER = "1234567"
JMBG = jmbg.make("010199071501")
MISTYPED = JMBG[:-1] + str((int(JMBG[-1]) + 1) % 10)


def walk(clerk: Clerk, picture: Picture, *, folder: Path) -> None:
    """File two changes and look at each step, then at the list of what was filed."""
    changes = Changes(clerk)
    clerk.opens(PAYER)
    clerk.sees_bill("/")
    changes.opens_chooser()
    picture("change-kinds")
    clerk.presses("Esc")
    _new_holder(changes, picture, _scan(folder))
    _other_area(changes, picture)
    clerk.presses("Esc")
    clerk.goes_to(AccountSection.CHANGES)
    clerk.until(lambda: clerk.is_seen("changes.request.difference"), "no request is shown")
    clerk.until(
        lambda: clerk.page.section(AccountSection.CHANGES).view.effect.effect is not None, "no effect"
    )
    picture("changes")


def looks(clerk: Clerk, picture: Picture) -> None:
    """The form and the list in both themes and all three languages."""
    changes = Changes(clerk)
    for theme in ("dark", "light"):
        clerk.runs(f"desk.theme_{theme}")
        for spoken in ("latin", "cyrillic", "english"):
            clerk.runs(f"desk.language_{spoken}")
            clerk.opens(PAYER, section=AccountSection.CHANGES)
            clerk.until(lambda: clerk.is_seen("changes.request.difference"), "no request is shown")
            picture(f"{theme}-{spoken}-changes")
            changes.opens_chooser()
            picture(f"{theme}-{spoken}-change-kinds")
            clerk.types("7\n")
            changes.sees_form()
            changes.fills("heated_area", "60")
            changes.fills("area", "61,5")
            changes.sees_effect()
            picture(f"{theme}-{spoken}-change-area")
            clerk.widget("change.back").setFocus()
            clerk.presses("Space")
            clerk.presses("Esc")


def _new_holder(changes: Changes, picture: Picture, scan: Path) -> None:
    clerk = changes.clerk
    changes.starts_change("1")
    changes.fills_all(
        {"last_name": "Jovanović", "first_name": "Mila", "jmbg": MISTYPED, "phone": "064 555 12 34"}
    )
    picture("change-mistyped")
    changes.fills("jmbg", JMBG)
    changes.fills_all(
        {
            "happened_on": "-20",
            "applicant_name": "Mila Jovanović",
            "applicant_id_card": "009123456",
            "basis_number": "OPU-1234/2026",
            "basis_issuer": "Javni beležnik Petar Savić",
        }
    )
    changes.attaches("title", scan)
    changes.satisfies_papers()
    changes.sees_effect()
    picture("change-holder")
    clerk.widget(f"change.paper.title.{_paper_id(changes)}.view").setFocus()
    clerk.presses("Space")
    clerk.until(lambda: changes.sheet.viewer.preview.pages.is_drawn, "the scan is not drawn")
    picture("change-scan")
    clerk.presses("Esc")
    changes.submits()
    changes.sees_receipt()
    picture("change-receipt")
    clerk.presses("Esc")


def _other_area(changes: Changes, picture: Picture) -> None:
    changes.starts_change("povrs" if changes.clerk.program.language.code == "sr_Latn" else "7")
    changes.fills("area", "61,5")
    changes.fills("heated_area", "60")
    changes.fills("happened_on", "t")
    changes.satisfies_papers()
    changes.sees_effect()
    picture("change-area")
    changes.submits()
    changes.sees_receipt()


def _paper_id(changes: Changes) -> int:
    boxes = changes.sheet.form.papers.boxes
    return next(paper.id for kind, box in boxes.items() if kind == "title" for paper in box.asked.papers)


def _scan(folder: Path) -> Path:
    """Draw what looks like a scanned contract."""
    page = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(page)
    pen.text((420, 140), "UGOVOR O KUPOPRODAJI", fill=30, font_size=40)
    for line in range(26):
        pen.rectangle((140, 300 + line * 48, 1100 - (line * 37) % 260, 308 + line * 48), fill=120)
    path = folder / "ugovor o kupoprodaji.jpg"
    page.save(path, quality=70)
    return path
