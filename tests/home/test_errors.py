"""Errors: a page in the reader's language, the same headers, nothing of what was asked for."""

import errno
import functools
import re

import psycopg
import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from cluster_portal.home.views import errors, pages

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Resource-Policy",
)
HEADINGS = {
    "AWAY": "The portal is out of service for a moment",
    "FULL": "Nothing can be saved just now",
}
LANGUAGES = {"fi": "", "sv": "/sv", "en": "/en"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_page_is_in_the_readers_language(client, db, language):
    response = client.get(f"{LANGUAGES[language]}/olematon-sivu/")

    text = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}"' in text
    assert "olematon" not in text.replace(f"{LANGUAGES[language]}/olematon-sivu/", "")


@pytest.mark.parametrize("path", ["/", "/olematon/", "/events/?q=%00", "/livez", "/sitemap.xml"])
def test_every_answer_carries_the_headers(client, db, path):
    response = client.get(path)

    assert [name for name in HEADERS if name not in response] == []
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (BadRequest, 400),
        (PermissionDenied, 403),
        (ZeroDivisionError, 500),
        (functools.partial(OSError, errno.ENOSPC), 503),
    ],
)
def test_whatever_a_view_raises_is_a_page(db, monkeypatch, raised, status):
    def fail(_user):
        raise raised("salainen yksityiskohta")

    monkeypatch.setattr(pages.deadlines, "coming", lambda *_args, **_kw: fail(None))
    client = Client(raise_request_exception=False)

    response = client.get("/sv/")

    text = response.content.decode()
    assert response.status_code == status
    assert '<html lang="sv"' in text
    assert "salainen" not in text
    assert "Content-Security-Policy" in response


def _away(execute, sql, params, many, context):
    raise OperationalError("the connection is lost")


def _full(execute, sql, params, many, context):
    raise OperationalError("could not extend file") from psycopg.errors.DiskFull()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("broken", "words"), [(_away, "AWAY"), (_full, "FULL")])
def test_outage_is_a_page_in_the_readers_language(db, language, broken, words):
    client = Client(raise_request_exception=False)

    with connection.execute_wrapper(broken):
        response = client.get(f"{LANGUAGES[language]}/events/")

    page = response.content.decode()
    with translation.override(language):
        heading = gettext(HEADINGS[words])
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert f'<html lang="{language}"' in page
    assert heading in page
    assert "Content-Security-Policy" in response


def _send(client, path, **values):
    """As a browser does: with the token of the page that the form is on."""
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(path).content.decode())[1]
    values["csrfmiddlewaretoken"] = token
    with connection.execute_wrapper(_full):
        return client.post(path, values)


def test_form_that_could_not_be_saved_can_be_sent_again(db):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = _send(client, "/en/accounts/password/reset/", email='"a"@example.org')

    page = response.content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    again = client.post(
        "/en/accounts/password/reset/",
        {"email": '"a"@example.org', "csrfmiddlewaretoken": token},
    )

    assert response.status_code == 503
    assert '<form method="post" action="/en/accounts/password/reset/">' in page
    assert 'name="email" value="&quot;a&quot;@example.org"' in page
    assert again.status_code == 302


def test_password_is_never_shown_again(db):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = _send(client, "/accounts/login/", login="a@example.org", password="salaisuus")

    assert response.status_code == 503
    assert "salaisuus" not in response.content.decode()
    assert 'name="login" value="a@example.org"' in response.content.decode()


def test_forged_form_is_not_offered_again(db):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.cookies["session"] = "x" * 32

    with connection.execute_wrapper(_full):
        response = client.post("/accounts/password/reset/", {"email": "a@example.org"})

    assert "a@example.org" not in response.content.decode()


def test_too_many_requests_is_a_page(db):
    request = RequestFactory().get("/en/accounts/login/")

    response = errors.too_many_requests(request)

    assert response.status_code == 429
    assert '<html lang="en"' in response.content.decode()


def test_forged_form_is_refused_with_a_page(db):
    client = Client(enforce_csrf_checks=True)
    with translation.override("en"):
        path = reverse("account_login")

    response = client.post(path, {"login": "x", "password": "y"})

    assert response.status_code == 403
    assert '<html lang="en"' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_address_that_only_takes_forms_shows_the_way_back(client, db, language):
    page = f"{LANGUAGES[language]}/events/seminaari/"

    response = client.get(f"{page}register/")

    text = response.content.decode()
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert f'<html lang="{language}"' in text
    assert f'href="{page}"' in text
    assert "Content-Security-Policy" in response


def test_button_of_the_administration_leads_back_to_it(client, db, admin_user):
    client.force_login(admin_user)

    response = client.get("/sv/admin/members/membership/1/move/approve/")

    assert response.status_code == 405
    assert 'class="button" href="/sv/admin/"' in response.content.decode()


def test_unknown_host_is_a_bad_request(client, db):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
