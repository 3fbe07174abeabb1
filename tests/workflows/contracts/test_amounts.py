"""What a request costs."""

from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.contracts.cases import COUNTED
from workflows.contracts.amounts import Fee, Offer, accepted_price, needs_signature, net_cost

cents = st.integers(0, 10_000_000)
fees = st.lists(st.builds(Fee, st.sampled_from([*COUNTED, "FORFAIT"]), cents), max_size=5).map(tuple)
offers = st.builds(Offer, st.integers(1, 50), cents, cents, fees)


def test_a_device_given_away_costs_nothing() -> None:
    assert net_cost(Offer(1, 64_900, 64_900), COUNTED) == 0


def test_a_free_device_with_a_counted_activation_is_not_free() -> None:
    assert net_cost(Offer(1, 0, 0, (Fee("ACTIVATION", 2_500),)), COUNTED) == 2_500


def test_an_activation_that_the_organisation_does_not_count_is_left_out() -> None:
    assert net_cost(Offer(1, 0, 0, (Fee("ACTIVATION", 2_500),)), COUNTED - {"ACTIVATION"}) == 0


def test_charges_are_not_multiplied_by_the_quantity() -> None:
    assert net_cost(Offer(3, 10_000, 4_000, (Fee("PENALITE", 1_000),)), COUNTED) == 3 * 6_000 + 1_000


def test_a_charge_is_never_the_device_itself() -> None:
    assert net_cost(Offer(1, 0, 0, (Fee("APPAREIL", 9_999),)), COUNTED) == 0


def test_an_organisation_that_does_not_count_devices_counts_its_charges_only() -> None:
    assert net_cost(Offer(2, 64_900, 0, (Fee("PENALITE", 1_000),)), COUNTED - {"APPAREIL"}) == 1_000


def test_one_cent_needs_a_signature() -> None:
    assert needs_signature(1, derogation=False)
    assert not needs_signature(0, derogation=False)
    assert needs_signature(0, derogation=True)


def test_the_tolerance_is_a_share_of_what_was_signed() -> None:
    assert accepted_price(64_900, 64_900, 0)
    assert not accepted_price(64_900, 64_901, 0)
    assert accepted_price(10_000, 10_500, 5)
    assert not accepted_price(10_000, 10_501, 5)
    assert not accepted_price(0, 1, 5)


@given(offers)
def test_a_cost_is_never_negative_and_a_credit_never_pays_a_charge(offer: Offer) -> None:
    alone = net_cost(Offer(offer.quantity, 0, 0, offer.fees), COUNTED)
    assert net_cost(offer, COUNTED) >= alone >= 0


@given(offers)
def test_counting_fewer_charges_never_costs_more(offer: Offer) -> None:
    assert net_cost(offer, frozenset({"APPAREIL"})) <= net_cost(offer, COUNTED)


@given(offers, st.integers(0, 1000))
def test_a_larger_credit_never_costs_more(offer: Offer, more: int) -> None:
    richer = Offer(offer.quantity, offer.price_cents, offer.credit_cents + more, offer.fees)
    assert net_cost(richer, COUNTED) <= net_cost(offer, COUNTED)
