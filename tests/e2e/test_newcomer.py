"""A newcomer's first steps: where they were going, and the long form of their profile."""

from __future__ import annotations

import re

import pytest

from cluster_portal.core.vocabulary import Scheme, Term
from cluster_portal.notifications.models import OutboxMail
from cluster_portal.notifications.sending import rendering
from tests.members.factories import verified
from tests.projects import factories as projects


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_she_arrives_where_she_was_going_after_signing_up(visitor, home_cluster, script):
    person = visitor(width=320, script=script)
    person.opens("/en/theses/propose/").clicks("Propose my idea")
    assert person.sees("You need an account to propose a thesis topic.")
    person.clicks("Create an account")
    assert person.sees("You need an account to propose a thesis topic.")
    for label, text in (
        *(("First name", "Uusi"), ("Last name", "Nimi"), ("Email", "uusi@example.org")),
        ("Password", "hyvin-pitka-salasana-1"),
    ):
        person.fills(label, text)
    person.presses("Create an account")

    letter = rendering.letter(OutboxMail.objects.get(kind="account_confirm")).text
    path = re.search(r"http://localhost:8000(\S+)", letter).group(1)
    person.opens(path).presses("Confirm the address")
    person.page.wait_for_url("**/en/theses/propose/idea/")

    assert person.page.url.endswith("/en/theses/propose/idea/")


def test_long_list_is_narrowed_and_counted_by_keyboard(visitor, home_cluster):
    label = Term.objects.filter(scheme=Scheme.REGION).order_by("pk")[4].label_en
    person = visitor(width=320, dark=True).signs_in(verified("student@example.org"))
    person.opens("/en/theses/profile/student/")
    regions = person.page.get_by_role("group", name="Regions where I can work on site")
    regions.locator("summary").press("Enter")
    regions.get_by_role("searchbox").press_sequentially(label)
    person.checked()

    assert regions.get_by_role("checkbox").count() == 1
    regions.get_by_role("checkbox").press("Space")

    assert regions.locator("[data-folding-count]").text_content() == "1"
    regions.get_by_role("searchbox").fill("zzz")
    regions.get_by_text("No choice has these letters.").wait_for(timeout=5000)


def test_long_list_opens_without_javascript(visitor, home_cluster):
    person = visitor(script=False).signs_in(verified("student@example.org"))
    person.opens("/en/theses/profile/student/")
    regions = person.page.get_by_role("group", name="Regions where I can work on site")

    regions.locator("summary").press("Enter")

    assert regions.get_by_role("checkbox").count() == Term.objects.filter(scheme="region").count()
    # Its search is a button of the form there, and no field that only a script listens to.
    assert regions.get_by_role("searchbox").count() == regions.get_by_role("button").count()


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_teaser_leads_to_the_sign_in(visitor, home_cluster, width, dark):
    projects.challenge(home_cluster, title_fi="Varavoima", visibility="members", has_teaser=True)
    person = visitor(width=width, dark=dark).opens("/en/projects/challenges/")

    person.clicks("Varavoima")
    assert person.sees("Members of the clusters can read the whole challenge.")
    person.page.get_by_role("main").get_by_role("link", name="Sign in").click()

    assert person.sees("Sign in to read the whole challenge.")
