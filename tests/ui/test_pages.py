import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override

from cluster_portal.home.views.errors import server_error

LANGUAGES = ["fi", "sv", "en"]
STANDING = ["about", "privacy", "accessibility", "terms"]
SIGN_IN = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "confirm-email/",
    "inactive/",
]
ACCOUNT = ["email/", "password/change/", "2fa/", "sessions/", "logout/"]


def prefix(language: str) -> str:
    return "" if language == "fi" else f"/{language}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", STANDING)
def test_standing_texts_are_open_in_each_language(client, db, page, language):
    response = client.get(f"{prefix(language)}/{page}/")

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert response.text.count("<h2") > 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", SIGN_IN)
def test_sign_in_pages_have_our_frame(client, db, page, language):
    response = client.get(f"{prefix(language)}/accounts/{page}")

    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert response.text.count("<h1") == 1
    assert response.text.count("<main") == 1


@pytest.mark.parametrize("page", ACCOUNT)
def test_account_pages_have_our_frame(client, member, page):
    client.force_login(member)

    response = client.get(f"/accounts/{page}")

    assert response.status_code == 200
    assert response.text.count("<h1") == 1
    assert 'class="site-header"' in response.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 403, 404, 429])
def test_error_pages_are_drawn_in_each_language(db, status, language):
    request = RequestFactory().get("/secret-title/")

    with override(language):
        page = render_to_string(f"errors/{status}.html", request=request)

    assert f'<html lang="{language}">' in page
    assert str(status) in page
    # The languages and the way to sign in lead back to the address; nothing else repeats it.
    rest = re.sub(r'<nav class="lang.*?</nav>|href="[^"]*\?next=[^"]*"', "", page, flags=re.DOTALL)
    assert "secret-title" not in rest


@pytest.mark.parametrize("language", LANGUAGES)
def test_fault_page_needs_neither_database_nor_request(language):
    with override(language):
        page = render_to_string("errors/500.html")

    assert f'<html lang="{language}">' in page


def test_sign_out_is_a_form(client, member):
    client.force_login(member)

    page = client.get("/about/").text

    assert re.search(r'<form action="/accounts/logout/" method="post">', page)


def test_visitor_sees_no_account_menu(client, db):
    page = client.get("/about/").text

    assert "/accounts/logout/" not in page
    assert 'href="/accounts/login/"' in page


def test_fault_page_is_shown_when_the_database_is_away(rf):
    request = rf.get("/sv/x/")
    request.user = SimpleLazyObject(lambda: pytest.fail("the session was asked"))

    response = server_error(request)

    assert response.status_code == 500
    assert '<html lang="sv">' in response.text
