"""The house rules that a machine can check, so that nobody has to remember them."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = ("app", "db", "ui", "resources")
LONGEST_MODULE = 400
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "misc",
    "common",
    "manager",
    "managers",
    "tools",
    "base_classes",
}
CLOCKS = {"today", "now", "utcnow"}
SQL = re.compile(
    r"^\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s|CALL\s+\w+\("
    r"|(CREATE|ALTER|DROP|TRUNCATE)\s+(TABLE|VIEW|INDEX|ROLE|FUNCTION|DATABASE))"
)
QUERY_WORDS = {"delete", "func", "insert", "literal_column", "select", "text", "update"}
NO_NOUNS = {"pages", "scanning"}
"""Ways of asking that belong to no noun alone."""
ON_PAPER_AND_ON_SCREEN = {"Align"}
"""What is the same in both, which may not know each other."""
NAMED_TUPLES_OWN = {"_replace", "_asdict", "_fields"}
BANNED_IN_TESTS = {"sleep", "wait", "skip", "skipif", "xfail", "Mock", "MagicMock", "patch"}


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), path.name)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def offenders(paths: Iterator[Path], offends: Callable[[ast.AST], bool]) -> list[str]:
    return [
        f"{name(path)}:{getattr(node, 'lineno', 1)}"
        for path in paths
        for node in ast.walk(tree(path))
        if offends(node)
    ]


def called(node: ast.AST) -> str:
    """Return the last word of what is called, as in ``qtbot.wait(...)``: ``wait``."""
    if not isinstance(node, ast.Call):
        return ""
    match node.func:
        case ast.Attribute(attr=word) | ast.Name(id=word):
            return word
    return ""


def test_each_layer_imports_only_what_lies_below_it() -> None:
    # a program of its own: here it would silence every logger the tests after it listen to
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert found.returncode == 0, found.stdout + found.stderr


def test_qt_is_imported_only_by_the_window() -> None:
    def imports_qt(node: ast.AST) -> bool:
        match node:
            case ast.Import(names=names):
                return any(alias.name.startswith(("PySide6", "shiboken6")) for alias in names)
            case ast.ImportFrom(module=str(module)):
                return module.startswith(("PySide6", "shiboken6"))
        return False

    assert offenders(modules("app", "db", "resources"), imports_qt) == []


def test_no_session_passes_through_the_window_but_in_the_door() -> None:
    """What takes a session composes a transaction, and belongs to the use cases."""

    def knows_sessions(node: ast.AST) -> bool:
        match node:
            case ast.Import(names=names):
                return any(alias.name.startswith("sqlalchemy") for alias in names)
            case ast.ImportFrom(module=str(module)):
                return module.startswith("sqlalchemy")
        return False

    screens = (path for path in modules("ui") if not path.is_relative_to(ROOT / "ui" / "jobs"))
    assert offenders(screens, knows_sessions) == []


def test_what_the_database_refuses_is_raised_by_the_database() -> None:
    """A use case that finds a rule broken raises a type of its own: no error of a server is made by hand."""

    def is_of_the_server(node: ast.AST) -> bool:
        if called(node) == "Facts":
            return True
        if not isinstance(node, ast.Raise):
            return False
        raised = called(node.exc) if isinstance(node.exc, ast.Call) else getattr(node.exc, "id", "")
        return raised in refusals

    refusals = names_of_refusals()
    assert "PlanIsOver" in refusals
    assert offenders(modules("app"), is_of_the_server) == []


def names_of_refusals() -> set[str]:
    """List the errors of ``db.errors``, and every class that is made of what a server said."""
    made_of_facts = {
        node.name for node in ast.walk(tree(ROOT / "db/errors.py")) if isinstance(node, ast.ClassDef)
    }
    classes = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in modules("app", "db")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }
    while True:
        found = {name for name, bases in classes.items() if bases & made_of_facts} - made_of_facts
        if not found:
            return made_of_facts
        made_of_facts |= found


def test_what_stands_on_paper_is_worded_by_the_documents() -> None:
    """A use case says facts; sentences are the window's and the documents'."""
    worded = [
        f"{name(path)}:{node.lineno}"
        for path in modules("app/usecases")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.search("[čćžšđ]", node.value, re.IGNORECASE) and node.value not in docstrings(tree(path))
    ]

    assert worded == []


def docstrings(module: ast.Module) -> set[str]:
    """Return every string that stands alone, as a docstring does."""
    return {
        node.value.value
        for node in ast.walk(module)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_whoever_calls_pdfium_holds_its_lock() -> None:
    """It bears no two calls at once, and a document that is let go of is a call as well."""

    def reaches(node: ast.AST, names: set[str]) -> bool:
        return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))

    def calls(body: ast.AST, names: set[str]) -> Iterator[ast.AST]:
        """Go through the calls about PDFium's things outside of its lock, whatever they are called there."""
        if isinstance(body, ast.With) and any(reaches(item.context_expr, {"PDFIUM"}) for item in body.items):
            return
        if isinstance(body, ast.Call | ast.Subscript) and reaches(body, names):
            yield body
        for part in ast.iter_child_nodes(body):
            yield from calls(part, names)

    found = []
    for path in modules("app", "ui", "db", "tests"):
        parsed = tree(path)
        imported = [part for part in ast.walk(parsed) if isinstance(part, ast.Import)]
        names = {
            one.asname or one.name
            for part in imported
            for one in part.names
            if one.name.startswith("pypdfium2")
        }
        if not names:
            continue
        opened = [
            (part.value, part.targets[0])
            for part in ast.walk(parsed)
            if isinstance(part, ast.Assign) and isinstance(part.value, ast.Call)
        ] + [
            (item.context_expr, item.optional_vars)
            for part in ast.walk(parsed)
            if isinstance(part, ast.With)
            for item in part.items
        ]
        names |= {held.id for made, held in opened if isinstance(held, ast.Name) and reaches(made, names)}
        found += [f"{name(path)}:{getattr(call, 'lineno', 1)}" for call in calls(parsed, names)]
    assert found == []


def test_sql_is_written_only_in_db() -> None:
    def writes_sql(node: ast.AST) -> bool:
        match node:
            case ast.Constant(value=str(words)):
                return bool(SQL.match(words))
            case ast.ImportFrom(module=str(module), names=names):
                return module.startswith("sqlalchemy") and any(alias.name in QUERY_WORDS for alias in names)
        return False

    assert offenders(modules("app", "ui"), writes_sql) == []


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    long = {name(path): len(path.read_text("utf-8").splitlines()) for path in modules(*PROGRAM, "tests")}

    assert {module: lines for module, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_no_module_is_a_drawer_for_this_and_that() -> None:
    words = {name(path): set(re.split(r"[/_.]", name(path))) & DRAWERS for path in modules(*PROGRAM, "tests")}

    assert {module: found for module, found in words.items() if found} == {}


def test_every_module_says_what_it_is_about() -> None:
    silent = [
        name(path)
        for path in modules(*PROGRAM, "tests")
        if tree(path).body and not ast.get_docstring(tree(path))
    ]

    assert silent == []


def test_below_the_window_only_the_database_knows_the_time() -> None:
    def asks_a_clock(node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="date" | "datetime"), attr=word)):
                return word in CLOCKS
        return False

    assert offenders(modules("app", "db"), asks_a_clock) == []


def test_use_cases_and_queries_take_a_session_and_then_only_named_arguments() -> None:
    def takes_more_by_place(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.FunctionDef)
            and not node.name.startswith("_")
            and any(argument.arg == "session" for argument in node.args.args)
            and len(node.args.args) > 1
        )

    assert offenders(modules("app/usecases", "db/queries"), takes_more_by_place) == []


def test_nothing_takes_arguments_it_does_not_name() -> None:
    def takes_anything(node: ast.AST) -> bool:
        return isinstance(node, ast.FunctionDef) and bool(node.args.kwarg)

    assert offenders(modules("app", "db"), takes_anything) == []


def test_a_noun_bears_one_name_in_every_layer() -> None:
    def stems(folder: str) -> set[str]:
        return {path.stem for path in (ROOT / folder).iterdir() if not path.name.startswith(("_", "."))}

    known = stems("app/domain") | stems("db/models") | stems("ui") | NO_NOUNS

    assert stems("app/usecases") - known - stems("db/queries") == set()
    assert stems("db/queries") - known - stems("app/usecases") == set()


def test_two_classes_never_share_a_name() -> None:
    kept: dict[str, set[str]] = {}
    for path in modules("app", "db", "ui"):
        if not path.is_relative_to(ROOT / "db" / "city"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    kept.setdefault(node.name, set()).add(name(path))
    shared = {word: paths for word, paths in kept.items() if len(paths) > 1}

    alike = {word for word, paths in shared.items() if is_a_row_and_its_value(paths)} | ON_PAPER_AND_ON_SCREEN

    assert {word: paths for word, paths in shared.items() if word not in alike} == {}


def is_a_row_and_its_value(paths: set[str]) -> bool:
    """Tell whether a name is that of a table's row and of the value below the window that stands for it."""
    rows = {path for path in paths if path.startswith("db/models/")}
    return len(paths) == 2 and len(rows) == 1 and all(path.startswith("app/") for path in paths - rows)


def test_no_test_knows_what_is_private_to_the_product() -> None:
    def is_private(word: str) -> bool:
        return word.startswith("_") and not word.startswith("__") and word not in NAMED_TUPLES_OWN

    def pries(node: ast.AST) -> bool:
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                return False
            case ast.Attribute(attr=word):
                return is_private(word)
            case ast.ImportFrom(module=str(module), names=names):
                return module.split(".")[0] in PROGRAM and any(is_private(alias.name) for alias in names)
        return False

    assert offenders(modules("tests"), pries) == []


def test_no_test_waits_for_time_to_pass_or_looks_away() -> None:
    def looks_away(node: ast.AST) -> bool:
        if isinstance(node, ast.ImportFrom) and node.module in ("unittest.mock", "unittest"):
            return True
        return called(node) in BANNED_IN_TESTS and not is_waiting_for_an_event(node)

    assert offenders(modules("tests"), looks_away) == []


def is_waiting_for_an_event(node: ast.AST) -> bool:
    """Tell ``process.wait()`` and ``event.wait(5)`` from ``qtbot.wait(50)``."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="wait")):
            return owner not in ("qtbot", "QTest")
        case ast.Call(func=ast.Attribute(attr="wait")):
            return True
    return False


def test_what_is_installed_is_pinned_by_hash_and_names_no_place_to_fetch_it_from() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^[A-Za-z0-9]\S*==\S+", lock, re.MULTILINE)
    unhashed = re.findall(r"^[A-Za-z0-9]\S*==[^\\\n]*$", lock, re.MULTILINE)

    assert pinned
    assert unhashed == []
    for path in (*ROOT.glob("*.lock"), *ROOT.glob("*.toml"), *ROOT.glob("requirements*")):
        text = path.read_text("utf-8")
        found = re.findall(r"\w+://\S+|--(?:extra-)?index-url|--find-links|--trusted-host", text)
        assert found == [], name(path)


def test_everything_the_program_needs_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for line in wanted}
    locked = set(
        re.findall(
            r"^([a-z0-9-]+)(?:\[\w+\])?==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE
        )
    )

    assert names - locked == set()
