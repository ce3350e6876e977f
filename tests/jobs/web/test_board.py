"""The casting board: its states, its live part, and what is done with the people chosen."""

import pytest

from jobs.enums import MatchState, NoticeKind, OfferState
from jobs.models import Application, CrewNote, Mark, Notice, Offer, Pin
from tests.factories.hubs import RoleTypeFactory
from tests.factories.jobs import (
    ApplicationFactory,
    BookingFactory,
    MatchFactory,
    MatchRunFactory,
    OfferFactory,
    RoleFactory,
)
from tests.factories.profiles import ProfileFactory, fits

SKILLS = [{"rule": "skills", "amount": 100, "facts": {}}]


@pytest.fixture
def run(shoot):
    return MatchRunFactory(shoot=shoot)


def key(role, person):
    return f"{role.pk}-{person.pk}"


def test_a_page_that_shows_it_as_it_is_gets_nothing(page, mei, bo, shoot, role):
    url = f"/shoots/{shoot.pk}/slots/"
    first = page(mei, url)
    version = first.headers["X-Board-Version"]
    assert (first.status_code, page(mei, f"{url}?v={version}").status_code) == (200, 204)
    OfferFactory(role=role, profile=bo.profile)
    assert page(mei, f"{url}?v={version}").status_code == 200


def test_it_asks_often_only_while_something_may_happen(page, mei, bo, shoot, role):
    url = f"/shoots/{shoot.pk}/slots/"
    assert "data-moving" not in page(mei, url).content.decode()
    offer = OfferFactory(role=role, profile=bo.profile)
    assert 'data-every="2500" data-moving' in page(mei, url).content.decode()
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.DECLINED)
    assert 'data-every="15000"' in page(mei, url).content.decode()


@pytest.mark.parametrize("number", [10, 400])
def test_ten_proposals_and_four_hundred_cost_the_same(page, mei, shoot, django_assert_num_queries, number):
    run = MatchRunFactory(shoot=shoot)
    roles = [
        RoleFactory(shoot=shoot, headcount=9, role_type=RoleTypeFactory()) for _ in range(min(number, 10))
    ]
    each = number // len(roles)
    for role in roles:
        for rank in range(1, each + 1):
            state = MatchState.CHOSEN if rank <= 9 else MatchState.STANDBY
            MatchFactory(
                run=run, role=role, rank=rank, state=state, contributions=SKILLS, facts={"status": "standby"}
            )
    page.sign_in(mei)
    with django_assert_num_queries(19):
        page(mei, f"/shoots/{shoot.pk}/slots/")


def test_every_state_of_a_place_has_its_word(page, text, mei, bo, shoot, role, run):
    role.headcount = 4
    role.save(update_fields=["headcount"])
    BookingFactory(role=role)
    OfferFactory(role=role, profile=bo.profile)
    MatchFactory(run=run, role=role, contributions=SKILLS)
    words = text(page(mei, f"/shoots/{shoot.pk}/"))
    for said in ("1 /4 in", "accepted", "asked", "proposed", "1 place empty"):
        assert said in words, said


def test_several_are_asked_at_once_and_the_refused_are_named(page, mei, bo, shoot, role, run):
    people = [MatchFactory(run=run, role=role, rank=rank).profile for rank in (1, 2, 3)]
    who = [key(role, person) for person in people]
    answer = page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "offer", "who": who})
    assert answer.status_code == 302
    assert Offer.objects.filter(role=role, state=OfferState.OPEN).count() == 2
    said = page(mei, f"/shoots/{shoot.pk}/").content.decode()
    assert people[2].user.name in said


def test_who_is_kept_is_first_and_stays(page, mei, shoot, role, run):
    role.headcount = 1
    role.save(update_fields=["headcount"])
    first = MatchFactory(run=run, role=role, rank=1)
    waiting = MatchFactory(run=run, role=role, rank=2, state=MatchState.STANDBY, facts={"status": "standby"})
    page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "pin", "who": [key(role, waiting.profile)]})
    assert Pin.objects.get().profile == waiting.profile
    page(mei, f"/shoots/{shoot.pk}/send-offers/", post={})
    assert Offer.objects.get().profile == waiting.profile
    assert first.profile != waiting.profile


def test_a_stranger_and_a_viewer_choose_nobody(page, lin, shoot, role, run):
    match = MatchFactory(run=run, role=role)
    answer = page(
        lin, f"/shoots/{shoot.pk}/casting/", post={"act": "strike", "who": [key(role, match.profile)]}
    )
    assert answer.status_code == 404


def test_a_person_of_another_shoot_is_not_there(page, mei, lin_graduate, shoot, role):
    url = f"/shoots/{shoot.pk}/roles/{role.pk}/people/{lin_graduate.profile.pk}/"
    assert page(mei, url).status_code == 404
    fits(lin_graduate.profile, role)
    assert page(mei, url).status_code == 200


def test_a_note_and_a_mark_stay_with_the_crew(page, text, mei, bo, shoot, role):
    BookingFactory(role=role, profile=bo.profile)
    url = f"/shoots/{shoot.pk}/roles/{role.pk}/people/{bo.profile.pk}/"
    page(mei, f"{url}remember/", post={"what": "note", "words": "守时，安静"})
    page(mei, f"{url}remember/", post={"what": "mark", "value": "6"})
    assert (CrewNote.objects.get().words, Mark.objects.get().value) == ("守时，安静", 6)
    assert "守时，安静" in page(mei, url).content.decode()
    assert "守时，安静" not in page(bo, "/my/shoots/").content.decode()


@pytest.mark.parametrize("act", ["compare", "write"])
def test_comparing_and_writing_leave_no_token_in_the_address(page, mei, shoot, role, run, client, act):
    people = [MatchFactory(run=run, role=role, rank=rank).profile for rank in (1, 2)]
    who = [key(role, each) for each in people]
    markup = page(mei, f"/shoots/{shoot.pk}/").content.decode()
    assert ("formmethod" in markup, f'name="act" value="{act}"' in markup) == (False, True)

    client.force_login(mei)
    sent = {"act": act, "who": [*who, "x-1"], "every": [f"role-{role.pk}"], "csrfmiddlewaretoken": "secret"}
    answer = client.post(f"/shoots/{shoot.pk}/casting/", sent)

    query = f"who={who[0]}&who={who[1]}&every=role-{role.pk}"
    assert (answer.status_code, answer["Location"]) == (302, f"/shoots/{shoot.pk}/{act}/?{query}")
    assert client.get(answer["Location"]).status_code == 200


def test_side_by_side(page, text, mei, shoot, role, run):
    people = [MatchFactory(run=run, role=role, rank=rank).profile for rank in (1, 2)]
    words = text(
        page(mei, f"/shoots/{shoot.pk}/compare/?" + "&".join(f"who={key(role, each)}" for each in people))
    )
    assert all(each.user.name in words for each in people)
    assert "Nobody to compare" in text(page(mei, f"/shoots/{shoot.pk}/compare/?who=x-1&who=9-9"))


def test_found_by_pinyin_with_what_stands_in_the_way(page, text, mei, bo, shoot, role):
    bo.name = "沈念"
    bo.save(update_fields=["name"])
    url = f"/shoots/{shoot.pk}/roles/{role.pk}/find/?who="
    assert "沈念" not in text(page(mei, f"{url}shennian"))
    fits(bo.profile, role)
    bo.profile.availabilities.all().delete()
    for typed in ("shennian", "sn", "沈"):
        words = text(page(mei, url + typed))
        assert ("沈念" in words, "not free on all days" in words) == (True, True)


def test_an_application_is_answered_kindly(page, mei, bo, shoot, role):
    asked = ApplicationFactory(role=role, profile=bo.profile)
    url = f"/shoots/{shoot.pk}/applications/{asked.pk}/decline/"
    page(mei, url, post={"words": "这次已经定了人，下次一定找你。"})
    asked = Application.objects.get()
    assert (asked.state, asked.reply) == ("closed", "这次已经定了人，下次一定找你。")
    told = Notice.objects.get(recipient=bo, kind=NoticeKind.APPLICATION_CLOSED)
    assert told.facts["words"] == "这次已经定了人，下次一定找你。"
    assert page(mei, url, post={"words": "再说一遍"}).status_code == 409


def test_only_who_was_asked_is_written_to(page, mei, bo, shoot, role, run):
    stranger = MatchFactory(run=run, role=role).profile
    OfferFactory(role=role, profile=bo.profile)
    who = [key(role, bo.profile), key(role, stranger)]
    page(mei, f"/shoots/{shoot.pk}/write/", post={"who": who, "words": "明早六点大堂集合。"})
    assert [notice.recipient for notice in Notice.objects.filter(kind=NoticeKind.CREW_MESSAGE)] == [bo]
    assert page(mei, f"/shoots/{shoot.pk}/write/", post={"who": who, "words": " "}).status_code == 400


def test_a_pin_needs_a_place_and_a_person_who_may(page, mei, bo, shoot, role, run):
    barred = ProfileFactory()
    page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "pin", "who": [key(role, barred)]})
    assert not Pin.objects.exists()
    fits(bo.profile, role)
    page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "pin", "who": [key(role, bo.profile)]})
    assert Pin.objects.get().profile == bo.profile
    page(mei, f"/shoots/{shoot.pk}/casting/", post={"act": "strike", "who": [key(role, bo.profile)]})
    assert not Pin.objects.exists()
