import pytest

from tests.journeys.readers import NAMES, READERS, Reader


@pytest.fixture(params=READERS, ids=NAMES)
def reader(request, browser, live_server):
    language, size, script = request.param
    context = browser.new_context(locale=language, viewport=size, java_script_enabled=script)
    yield Reader(context.new_page(), live_server.url)
    context.close()
