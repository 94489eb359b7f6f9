"""A refused form, wherever it stands in its page: the summary comes first and has the focus."""

import re

import pytest

from tests import house
from tests.events import factories as events

SUMMARY = re.compile(
    r'<main[^>]*>\s*<div class="wrap">\s*<div class="error-summary" id="errors"[^>]*>'
)


@pytest.fixture
def event(home_cluster):
    return events.event(home_cluster)


def refused(client, case, event):
    paths = {
        "registration": (f"/en/events/{event.slug}/register/", {"name": "Vieras"}),
        "signing in": ("/en/accounts/login/", {"login": "ei", "password": ""}),
        "signing up": ("/en/accounts/signup/", {"email": "ei"}),
        "new password": ("/en/accounts/password/reset/", {"email": "ei"}),
    }
    path, values = paths[case]
    return client.post(path, values).content.decode()


@pytest.mark.parametrize("case", ["registration", "signing in", "signing up", "new password"])
def test_summary_of_a_refused_form_stands_first_and_has_the_focus(client, event, case):
    page = refused(client, case, event)

    summary = SUMMARY.search(page).group()
    assert 'tabindex="-1" autofocus' in summary
    assert page.count('class="error-summary"') == 1
    assert re.search(r"<title>\s*Error:", page)


def test_summary_links_to_each_field(client, event):
    page = refused(client, "registration", event)

    links = re.findall(r'<li><a href="#([^"]+)">', page)
    assert links == ["id_mode_0", "id_email"]
    assert all(f'id="{link}"' in page for link in links)


def test_page_without_a_refused_form_has_no_summary(client, event):
    page = client.get(f"/en/events/{event.slug}/").content.decode()

    assert "error-summary" not in page
    assert "<title>Error" not in page


def test_only_the_frame_includes_the_summary():
    including = [
        path.name
        for path in house.templates()
        if 'include "components/form_errors.html"' in path.read_text(encoding="utf-8")
    ]

    assert including == ["base.html"]
