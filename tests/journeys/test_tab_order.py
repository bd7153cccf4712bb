"""The Tab key goes the way the eye goes, on every screen of the main job."""

from tests.robots.stage import ANA

DESK = ("desk.top", "rail", "home", "status")
ACCOUNT = (
    "desk.top",
    "rail",
    "tabs.bar",
    "account.header",
    "account.sections",
    "bills.list",
    "bills.detail",
    "bills.why",
    "status",
)


def test_tab_walks_the_first_page_as_it_is_read(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("Alt+Home")
    clerk.rows_of("home.recent.table")
    clerk.presses("Ctrl+K")

    walked, read = clerk.walks_by_tab(areas=DESK)

    assert {"search.field", "desk.person", "home.recent.table", "status.language.en"} <= set(walked)
    assert walked == read


def test_tab_walks_an_account_as_it_is_read(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("Ctrl+K")

    walked, read = clerk.walks_by_tab(areas=ACCOUNT)

    assert {"account.verify", "account.sections", "bills.table", "bills.copy", "bills.lines"} <= set(walked)
    assert "account.alerts.notice_unanswered.action" in walked
    assert f"account.{ANA}" not in walked  # a stop at which nothing is seen
    assert walked == read


def test_tab_walks_the_copy_of_a_bill_as_it_is_read(clerk):
    clerk.opens(ANA)
    clerk.sees_bill("/2026")
    clerk.presses("Ctrl+P")
    clerk.until(lambda: clerk.widget("copy.pane.save").isEnabled(), "the copy was not shown")
    clerk.widget("copy.close").setFocus()

    walked, read = clerk.walks_by_tab(areas=("copy", "copy.pane.preview"))

    assert walked[:2] == ["copy.close", "copy.pane.reason.editor"]
    assert walked == read
