from datetime import timedelta

import pytest
from django.utils import timezone
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from tests.factories.jobs import ShootFactory
from tests.journeys.readers import NAMES, READERS, Reader


@pytest.fixture
def shoot(crew, base):
    """Mei's open shoot at Dazhi, three weeks ahead by the clock of the wall, which a browser's pages read."""
    first = shoot_day_of(timezone.now()) + timedelta(days=21)
    return ShootFactory(
        crew=crew, base=base, title="雨夜归人", days=DateRange(first, first + timedelta(days=7))
    )


@pytest.fixture(params=READERS, ids=NAMES)
def reader(request, browser, live_server):
    language, size, script = request.param
    context = browser.new_context(locale=language, viewport=size, java_script_enabled=script)
    yield Reader(context.new_page(), live_server.url)
    context.close()
