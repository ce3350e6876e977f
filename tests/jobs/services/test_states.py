"""Every move of every state, allowed or refused by the tables alone."""

import pytest

from config.errors import Conflict
from jobs import enums
from jobs.models import Offer
from jobs.services import states
from tests.factories.jobs import NOW, OfferFactory


@pytest.mark.parametrize("target", enums.OfferState.values)
@pytest.mark.parametrize("source", enums.OfferState.values)
def test_an_offer_moves_by_the_table_only(db, source, target):
    offer = OfferFactory(state=source)
    allowed = target in enums.OFFER_MOVES[source]
    assert states.try_move(offer, target, answered_at=NOW) is allowed
    assert Offer.objects.get().state == (target if allowed else source)


@pytest.mark.parametrize("table", list(states.MOVES.values()))
def test_each_table_names_every_state(table):
    known = set(type(next(iter(table))))
    assert set(table) == known
    assert all(targets <= known for targets in table.values())


def test_a_refused_move_says_where_the_row_stands(db):
    offer = OfferFactory(state="declined")
    with pytest.raises(Conflict) as refusal:
        states.move(offer, "accepted")
    assert (refusal.value.code, refusal.value.facts) == (
        "move_not_allowed",
        {"state": str(enums.OfferState.DECLINED.label)},
    )


def test_a_condition_that_does_not_hold_refuses_too(db):
    offer = OfferFactory(expires_at=NOW)
    assert states.try_move(offer, "accepted", only_where={"expires_at__gt": NOW}) is False
