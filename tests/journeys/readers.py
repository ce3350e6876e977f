"""A person at a browser who counts her taps: phone and desk, both languages, with script and without."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
READERS = [("zh-CN", PHONE, True), ("en", PHONE, False), ("zh-CN", DESK, False), ("en", DESK, True)]
NAMES = [f"{zone}-{size['width']}-{'js' if js else 'plain'}" for zone, size, js in READERS]


class Reader:
    """A person at a browser who counts her taps."""

    def __init__(self, page, address: str) -> None:
        self.page, self.address, self.taps = page, address, 0

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def fits_the_screen(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")


def sign_in(reader: Reader, user) -> None:
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    reader.page.context.add_cookies(
        [{"name": "sessionid", "value": session.session_key, "url": reader.address}]
    )
