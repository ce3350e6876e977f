"""Who sees a profile: the list and the single question give one answer for everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser

from profiles import policies
from profiles.models import Profile, User


@pytest.mark.django_db
def test_list_and_single_question_agree(bo, lin_graduate, mei, ada, hub):
    editor = User.objects.create_user(email="editor@hubs.example", name="编", kind="manager")
    editor.hubs.add(hub)
    expected = {
        bo: {bo.profile},
        lin_graduate: {lin_graduate.profile},
        mei: set(),
        editor: set(),
        ada: {bo.profile, lin_graduate.profile},
        AnonymousUser(): set(),
    }
    for user, profiles in expected.items():
        assert set(policies.visible_to(user)) == profiles
        assert {row for row in Profile.objects.all() if policies.may_see_profile(user, row)} == profiles


@pytest.mark.django_db
def test_only_she_may_edit(bo, lin_graduate, mei, ada):
    people = [bo, lin_graduate, mei, ada, AnonymousUser()]
    assert [policies.may_edit_profile(user, bo.profile) for user in people] == [
        True,
        False,
        False,
        False,
        False,
    ]
