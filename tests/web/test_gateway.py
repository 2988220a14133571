"""What comes by the web server's door reaches the application as it was sent, and the answer goes back whole."""

import asyncio
from types import SimpleNamespace

from forum.web.gateway import Gateway, environ_of


def scope(method: str = "GET", path: str = "/", query: str = "", **more):
    told = {"server": "127.0.0.1:8000", "client": "192.0.2.7:4711", "scheme": "http", "http_version": "1.1"}
    told["authority"] = None
    headers = more.pop("headers", [])
    items = SimpleNamespace(items=lambda: headers)
    return SimpleNamespace(method=method, path=path, query_string=query, **told | more, **{"headers": items})


class Protocol:
    """The server's side: the parts of a body, and the answer."""

    def __init__(self, *parts: bytes):
        self.parts = iter(parts)

    def __aiter__(self):
        return self

    async def __anext__(self) -> bytes:
        for part in self.parts:
            return part
        raise StopAsyncIteration

    def response_bytes(self, status, headers, body) -> None:
        self.answer = status, headers, body


def test_a_request_is_told_as_pep_3333_says():
    environ = environ_of(
        scope(
            path="/g/été", query="q=%C3%A9", headers=[("host", "parvis.example"), ("cookie", "a=1"), ("cookie", "b=2")]
        )
    )
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/g/été"
    assert (environ["QUERY_STRING"], environ["HTTP_HOST"]) == ("q=%C3%A9", "parvis.example")
    assert (environ["REMOTE_ADDR"], environ["HTTP_COOKIE"]) == ("192.0.2.7", "a=1; b=2")
    assert environ_of(scope(client="[2001:db8::1]:4711"))["REMOTE_ADDR"] == "2001:db8::1"
    assert environ_of(scope(authority="parvis.example"))["HTTP_HOST"] == "parvis.example"


def test_a_header_that_would_pass_for_another_is_dropped():
    environ = environ_of(scope(headers=[("x_forwarded_for", "203.0.113.1"), ("x-forwarded-proto", "https")]))
    assert "HTTP_X_FORWARDED_FOR" not in environ
    assert environ["HTTP_X_FORWARDED_PROTO"] == "https"


def echo(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("201 CREATED", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    yield str(len(body)).encode()
    yield b" " + environ.get("CONTENT_LENGTH", "none").encode()


def asked(scope, *parts: bytes, most: int = 100):
    protocol = Protocol(*parts)
    asyncio.run(Gateway(echo, most).__rsgi__(scope, protocol))
    return protocol.answer


def test_an_answer_goes_back_whole_with_all_its_headers():
    assert asked(scope()) == (201, [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")], b"0 none")
    assert asked(scope("POST"), b"abc", b"de")[2] == b"5 5"


def test_a_body_too_long_is_not_kept_but_its_length_is_told():
    assert asked(scope("POST"), *[b"x" * 50] * 1_000)[2] == b"101 101"


def test_a_form_too_long_is_refused_by_the_site(site):
    protocol = Protocol(*[b"x" * 100_000] * 30)
    kind = [("host", "localhost"), ("content-type", "application/x-www-form-urlencoded")]
    asyncio.run(Gateway(site.app, 2_000_000).__rsgi__(scope("POST", "/connexion", headers=kind), protocol))
    assert protocol.answer[0] == 413
