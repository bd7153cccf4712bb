"""How fast papers are made, on one core: one copy of a bill, a batch, one code, a contract, a long workbook.

Run alone (``python -m tests.bench.documents``) or called for its figures.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from io import BytesIO
from time import perf_counter, process_time

from PIL import Image

from app.documents import apart, qr
from app.documents.bill import Script, render
from app.documents.pages import draw_page
from app.documents.plans import ContractData, contract, contract_slips
from app.documents.scan import payment_codes
from app.documents.workbook import CellKind, WorkbookColumn, write_workbook
from tests.documents import contracts, samples

BATCH = 500
ONE_COPY_LIMIT_MS = 20.0
BATCH_LIMIT_PER_SECOND = 500.0
CODE_LIMIT_MS = 1.0
CONTRACT_LIMIT_MS = 1000.0
WORKBOOK_LIMIT_PER_SECOND = 30_000.0
PHOTO_LIMIT_MS = 600.0
ROWS = 100_000


def measure() -> list[dict[str, object]]:
    """Measure everything once; some ten seconds.

    Rates (unit "... /s") are per second of one core's work: ``p99`` is the slowest
    run and the limit a floor.  Times are by the wall clock, and limits ceilings.
    """
    copies = [samples.bill(ident=1_000_000 + number, holder=f"Korisnik {number}") for number in range(BATCH)]
    results = []
    for script in Script:
        render(copies[:2], script=script)
        times = _times(lambda script=script: render(copies[:1], script=script), runs=60)
        results.append(_time(f"bill copy, {script}", "1 bill, 12 lines", times, ONE_COPY_LIMIT_MS))
        times = _times(lambda script=script: render(copies, script=script), runs=5, clock=process_time)
        results.append(
            _rate(f"bill batch, {script}", f"{BATCH} bills", "bills/s", times, BATCH, BATCH_LIMIT_PER_SECOND)
        )
    slip = copies[0].slip
    assert slip is not None
    times = _times(lambda: qr.code(slip.qr_payload), runs=300)
    results.append(_time("payment code", f"{len(slip.qr_payload.encode())} bytes", times, CODE_LIMIT_MS))
    plan = contracts.pensioner()
    for script in Script:
        times = _times(lambda script=script: _contract_and_slips(plan, script), runs=20)
        size = f"{len(plan.offer.instalments)} slips, {len(plan.months)} months"
        results.append(_time(f"contract and slips, {script}", size, times, CONTRACT_LIMIT_MS))
    photo = _photo()
    times = _times(lambda: apart.READING.run(partial(payment_codes, photo)), runs=20)
    results.append(_time("code of a photo, read apart", f"{len(photo):,} bytes", times, PHOTO_LIMIT_MS))
    apart.close()
    times = _times(_write_workbook, runs=3, clock=process_time)
    results.append(_rate("workbook", f"{ROWS} rows x 8", "rows/s", times, ROWS, WORKBOOK_LIMIT_PER_SECOND))
    return results


def _photo() -> bytes:
    """Return a bill as somebody takes a picture of it: eight megapixels, some grain."""
    page = draw_page(render([samples.bill()], script=Script.LATIN), place=0, width=2400)
    sheet = Image.frombuffer("RGBX", (page.width, page.height), page.pixels, "raw", "RGBX", page.stride, 1)
    grain = Image.effect_noise(sheet.size, 40).convert("RGB")
    made = BytesIO()
    Image.blend(sheet.convert("RGB"), grain, 0.15).save(made, "JPEG", quality=92)
    return made.getvalue()


def _contract_and_slips(plan: ContractData, script: Script) -> None:
    contract(plan, script=script)
    contract_slips(plan, script=script)


def _write_workbook() -> None:
    moment = datetime(2026, 7, 9, 14, 32, tzinfo=samples.SUMMER)
    columns = [
        WorkbookColumn("Ident"),
        WorkbookColumn("Korisnik"),
        WorkbookColumn("Adresa"),
        WorkbookColumn("Dug", CellKind.MONEY),
        WorkbookColumn("Utuženo", CellKind.MONEY),
        WorkbookColumn("Računa", CellKind.WHOLE),
        WorkbookColumn("Rok", CellKind.DAY),
        WorkbookColumn("Izdato", CellKind.MOMENT),
    ]
    rows = (
        (
            f"{number:07d}",
            "Ljiljana Đorđević",
            "Učiteljska 17",
            Decimal("1234.50"),
            None,
            36,
            moment.date(),
            moment,
        )
        for number in range(ROWS)
    )
    write_workbook(BytesIO(), rows, columns=columns, title="Dužnici", author="Šalter", made_at=moment)


def _times(
    work: Callable[[], object], *, runs: int, clock: Callable[[], float] = perf_counter
) -> list[float]:
    """Seconds of each run, from the fastest to the slowest."""
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return sorted(times)


def _time(name: str, size: str, times: list[float], limit: float) -> dict[str, object]:
    p50 = times[len(times) // 2] * 1000
    p99 = times[min(len(times) - 1, len(times) * 99 // 100)] * 1000
    return {
        "name": name,
        "size": size,
        "unit": "ms",
        "p50": round(p50, 2),
        "p99": round(p99, 2),
        "limit": limit,
        "holds": p99 <= limit,
    }


def _rate(name: str, size: str, unit: str, times: list[float], count: int, limit: float) -> dict[str, object]:
    p50 = count / times[len(times) // 2]
    return {
        "name": name,
        "size": size,
        "unit": unit,
        "p50": round(p50),
        "p99": round(count / times[-1]),
        "limit": limit,
        "holds": p50 >= limit,
    }


if __name__ == "__main__":
    for result in measure():
        print(*result.values(), sep="\t")
