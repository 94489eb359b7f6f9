import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404
from django.test import RequestFactory

from cluster_portal.core.errors import Refused
from cluster_portal.core.http import MAX_BODY, MAX_OFFSET, page_of, refusal_as_message, safe_next
from members.models import Cluster

requests = RequestFactory()


@pytest.mark.parametrize(
    "address",
    ["//evil.fi", "/\\evil.fi", "\\/evil.fi", "https:evil.fi", "https://evil.fi/",
     "javascript:alert(1)",
     "data:text/html,x", "///evil.fi", "http:///evil.fi", "\x00/me/", "", " //evil.fi"],
)  # fmt: skip
def test_next_elsewhere_falls_back(address):
    assert safe_next(requests.post("/", {"next": address}), "/me/") == "/me/"


@pytest.mark.parametrize("address", ["/members/", "/sv/members/?q=a", "?page=2"])
def test_next_on_this_site_is_kept(address):
    assert safe_next(requests.get("/", {"next": address}), "/me/") == address


@pytest.mark.parametrize(
    "page", ["0", "-1", "abc", "1.5", "١٢", "9" * 30, "1e3", " 1", "3", str(MAX_OFFSET)]
)
def test_page_that_is_none_is_not_found(page):
    with pytest.raises(Http404):
        page_of(requests.get("/", {"page": page}), list(range(30)), 20)


@pytest.mark.parametrize(("query", "first"), [({}, 0), ({"page": ""}, 0), ({"page": "2"}, 20)])
def test_page_is_cut_from_the_list(query, first):
    assert page_of(requests.get("/", query), list(range(30)), 20)[0] == first


def test_given_count_is_not_counted_again(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert page_of(requests.get("/"), Cluster.objects.all(), count=0).paginator.count == 0


@pytest.mark.parametrize(
    "send",
    [
        lambda client: client.get("/members/?q=%00"),
        lambda client: client.get("/members/?%00=a"),
        lambda client: client.get("/members/%00/"),
        lambda client: client.post("/accounts/login/", {"login": "a\x00b", "password": "x"}),
    ],
    ids=["value", "key", "path", "form"],
)
def test_nul_is_a_bad_request_or_not_found(client, db, send):
    assert send(client).status_code in {400, 404}


def test_nul_in_a_cookie_is_a_bad_request(client, db):
    client.cookies["session"] = "a\x00b"

    assert client.get("/members/").status_code == 400


@pytest.mark.parametrize("address", ["/members/", "/ei-ole/", "/accounts/login/", "/admin/"])
def test_every_answer_carries_the_headers(client, db, address):
    response = client.get(address)

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy or "/admin/" in address
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_signed_in_pages_are_not_stored(client, outsider):
    client.force_login(outsider)

    assert client.get("/members/")["Cache-Control"] == "private, no-store"


def test_visitor_gets_no_session(client, db):
    assert "session" not in client.get("/members/").cookies


def test_refusal_becomes_a_message(rf_with_messages):
    with refusal_as_message(rf_with_messages):
        raise Refused("Ei käy.")

    assert [str(message) for message in get_messages(rf_with_messages)] == ["Ei käy."]


@pytest.fixture
def rf_with_messages():
    request = requests.get("/")
    request._messages = CookieStorage(request)
    return request


def test_body_that_is_too_large_is_refused_unread(client, db):
    class Unreadable:
        def read(self, *_args):
            pytest.fail("the body was read")

        readline = read

    answer = client.generic(
        "POST", "/accounts/login/", b"", "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(MAX_BODY + 1), **{"wsgi.input": Unreadable()},
    )  # fmt: skip

    assert answer.status_code == 413
