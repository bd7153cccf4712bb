"""Common consumption: shared by area or by members, the building as a whole."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.domain.charging import SharedUse, share, shared_use
from app.domain.premises import ChargingMethod

flats = st.lists(st.tuples(st.decimals("10", "200", places=2), st.integers(0, 9)), min_size=1, max_size=60)


def test_members_pay_by_heads_and_areas_by_meters():
    use = shared_use(Decimal(300), area=Decimal(1000), members=60)
    assert share(use, method=ChargingMethod.MEMBERS, area=Decimal(54), members=3) == Decimal("15.000")
    assert share(use, method=ChargingMethod.AREA, area=Decimal(54), members=3) == Decimal("16.200")


def test_an_empty_building_shares_out_nothing():
    assert shared_use(Decimal(300), area=Decimal(0), members=0) == SharedUse()


@given(flats=flats, consumed=st.decimals("0", "5000", places=3))
def test_shares_make_up_the_building_but_for_rounding(flats, consumed):
    area, members = sum(flat[0] for flat in flats), sum(flat[1] for flat in flats)
    use = shared_use(consumed, area=area, members=members)
    for method, counts in ((ChargingMethod.AREA, area), (ChargingMethod.MEMBERS, members)):
        shared = sum(share(use, method=method, area=flat[0], members=flat[1]) for flat in flats)
        expected = consumed if counts else Decimal(0)
        assert abs(shared - expected) <= Decimal("0.0005") * len(flats)
