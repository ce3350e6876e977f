"""The admins' queue: a decision without its reason comes back to the case, and nothing is decided."""

import pytest
from django.urls import reverse

from jobs.enums import CrewState
from tests.factories.jobs import CrewFactory
from tests.factories.profiles import AdminFactory

pytestmark = pytest.mark.django_db


def test_a_refusal_without_a_reason_leads_back_to_the_crew(client, hub):
    waiting = CrewFactory(home_hub=hub, state=CrewState.APPLIED, verified_at=None)
    client.force_login(AdminFactory())

    answer = client.post(
        reverse("queue_decide", args=["crews", waiting.pk]), {"decision": "no", "reason": " "}, follow=True
    )

    waiting.refresh_from_db()
    assert answer.redirect_chain == [(reverse("queue", args=["crews"]) + f"#item-{waiting.pk}", 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert waiting.state == CrewState.APPLIED
