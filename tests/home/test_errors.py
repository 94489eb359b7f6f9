"""Errors: a page in the reader's language, the same headers, nothing of what was asked for."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from cluster_portal.home.views import errors, pages

HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Resource-Policy",
)
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
    ("raised", "status"), [(BadRequest, 400), (PermissionDenied, 403), (ZeroDivisionError, 500)]
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
