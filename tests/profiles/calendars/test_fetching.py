"""Nothing inside is ever asked: not by address, not by name, not by a way round."""

import datetime
import http.server
import socket
import ssl
import threading

import pytest

from config.errors import Invalid
from profiles.calendars import fetching

REFUSED = [
    "http://calendar.example/a.ics", "ftp://calendar.example/a", "file:///etc/passwd", "gopher://calendar.example/",
    "https://127.0.0.1/a", "https://localhost/a", "https://0/a", "https://0.0.0.0/", "https://[::1]/", "https://[::]/",
    "https://2130706433/", "https://0x7f000001/", "https://017700000001/", "https://127.1/", "https://10.0.0.8/",
    "https://169.254.169.254/latest/meta-data/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/",
    "https://100.64.0.1/", "https://192.168.1.1/", "https://intranet/", "https://db.internal/", "https://router.lan/",
    "https://printer.local/", "https://user@calendar.example/", "https://user:word@calendar.example/",
    "https://calendar.example:22/", "https://calendar.example:6379/", "https://calendar.example:99999/",
    "https:///a.ics", "https://", "", "calendar.example/a.ics", "javascript:alert(1)", "data:text/calendar,x",
    "https://calendar.example/\r\nHost: inner", "https://calendar.example/ a", "https://calen\u200bdar.example/",
    "https://ⓔxample.com/", "https://127。0。0。1/", "https://calendar.example\\@127.0.0.1/", "https://[fe80::1%25eth0]/",
    "https://" + "a" * 500 + ".example/", "webcal://127.0.0.1/a", "webcals://calendar.example/a",
]  # fmt: skip

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::",
    "2001:db8::1", "not a number",
]  # fmt: skip

PUBLIC = ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"]


class Listener:
    """Stands in for the network and remembers who was called."""

    def __init__(self) -> None:
        self.called: list[str] = []

    def connect(self, number: str, port: int, seconds: float) -> socket.socket:
        self.called.append(number)
        raise OSError("nobody there")


@pytest.mark.parametrize("typed", REFUSED)
def test_an_address_that_is_no_calendar_of_the_open_internet_is_not_kept(typed):
    with pytest.raises(Invalid) as refused:
        fetching.checked_address(typed)
    assert (refused.value.code, refused.value.field) == ("calendar_address", "address")


def test_webcal_is_https_and_the_secret_stays_whole():
    assert (
        fetching.checked_address(" webcal://Calendar.Example:443/private-abc/basic.ics?k=1#top ")
        == "https://calendar.example/private-abc/basic.ics?k=1"
    )


@pytest.mark.parametrize("number", PRIVATE)
def test_a_name_that_leads_inside_is_not_followed(number):
    listener = Listener()
    for numbers in ([number], [PUBLIC[0], number]):
        with pytest.raises(fetching.CannotFetch) as refused:
            fetching.fetch("https://a.example/", resolve=lambda host, n=numbers: n, connect=listener.connect)
        assert refused.value.code == "calendar_private"
    assert listener.called == []


def test_the_number_that_was_checked_is_the_one_that_is_called():
    """A name server that answers differently the second time is asked only once."""
    listener, answers = Listener(), [[PUBLIC[0]], ["127.0.0.1"]]

    with pytest.raises(fetching.CannotFetch) as refused:
        fetching.fetch("https://a.example/", resolve=lambda host: answers.pop(0), connect=listener.connect)

    assert (refused.value.code, listener.called, answers) == ("calendar_away", [PUBLIC[0]], [["127.0.0.1"]])


@pytest.mark.parametrize("number", PUBLIC)
def test_public_numbers_are_public(number):
    assert fetching.is_public(number)


# -- a real server behind a public-looking name ------------------------------------------------------------


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind = self.path.split("?")[0]
        self.server.asked.append((self.headers["Host"], self.path))
        if kind.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        if kind == "/gone":
            self.send_error(404)
            return
        self.send_response(200)
        self.end_headers()
        if kind == "/big":
            for _ in range(40):
                self.wfile.write(b"x" * 65536)
        elif kind == "/slow":
            try:
                for _ in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    self.server.stop.wait(0.1)
            except OSError:
                return
        else:
            self.wfile.write(b"BEGIN:VCALENDAR")

    def log_message(self, *said) -> None:
        return


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    cryptography = pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    assert cryptography
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "calendar.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("calendar.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.fixture
def server(certificate, monkeypatch):
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    served.asked, served.stop = [], threading.Event()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    served.socket = context.wrap_socket(served.socket, server_side=True)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(fetching.ssl, "create_default_context", lambda: trusting)
    yield served
    served.stop.set()
    served.shutdown()
    served.server_close()


def fetch(server, path: str, host: str = "calendar.example", **more) -> bytes:
    """Ask for a path, with a network in which every public number is our server."""
    return fetching.fetch(
        f"https://{host}{path}",
        resolve=lambda host: ["10.0.0.1"] if "inner" in host else [PUBLIC[0]],
        connect=lambda number, port, seconds: socket.create_connection(
            server.server_address, timeout=seconds
        ),
        **more,
    )


def test_a_calendar_is_fetched_and_a_redirect_in_the_open_is_followed(server):
    assert fetch(server, "/a.ics") == b"BEGIN:VCALENDAR"
    assert fetch(server, "/to//a.ics") == b"BEGIN:VCALENDAR"
    assert server.asked[-1] == ("calendar.example", "/a.ics")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/gone", "calendar_refused"),
        ("/big", "calendar_too_big"),
        ("/to/http://calendar.example/a", "calendar_private"),
        ("/to/https://127.0.0.1/a", "calendar_private"),
        ("/to/https://inner.example/a", "calendar_private"),
        ("/to/file:///etc/passwd", "calendar_private"),
        ("/to//to//to//to//to//a", "calendar_refused"),
    ],
)
def test_what_may_not_be_had_is_named_by_a_code(server, path, code):
    with pytest.raises(fetching.CannotFetch) as refused:
        fetch(server, path)
    assert refused.value.code == code


def test_a_host_that_drips_is_left(server):
    with pytest.raises(fetching.CannotFetch) as refused:
        fetch(server, "/slow", seconds=0.6)
    assert refused.value.code == "calendar_away"


def test_a_certificate_of_another_name_is_not_believed(server):
    with pytest.raises(fetching.CannotFetch) as refused:
        fetch(server, "/a.ics", host="other.example")
    assert (refused.value.code, server.asked) == ("calendar_away", [])
