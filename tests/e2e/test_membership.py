"""From a visitor to a member: sign up, apply, answer what is asked, be approved in the admin."""

from __future__ import annotations

import re

from django.core import mail

from cluster_portal.notifications.sending.delivery import deliver_due
from members.models import Membership, Organisation
from tests import factories

NEWCOMER = "uusi@example.org"


def test_visitor_becomes_a_member(visitor, home_cluster, office, settings):
    settings.DEMO = True  # elsewhere the coordinator would be asked for a second factor
    applicant = visitor(width=375)
    sign_up(applicant)
    apply(applicant)
    application = Membership.objects.get()
    coordinator = visitor().signs_in(factories.verified(office))

    handle(coordinator, application, "Ask for more information", reason="Mitä teette?")
    applicant.opens(f"/en{application.get_absolute_url()}").fills(
        "Your answer", "Koulutamme etsijöitä."
    )
    applicant.presses("Send the answer")
    handle(coordinator, application, "Approve")

    applicant.opens(f"/en{application.get_absolute_url()}").sees("What comes next")
    application.refresh_from_db()
    assert application.stage == "active"
    assert Organisation.objects.get().visibility == "public"
    assert visitor(width=320).opens("/en/members/").sees("Kuvitteellinen Etsintä ry")
    approved, welcome = subjects_to(NEWCOMER)[-2:]
    assert approved.startswith("Your application is approved")
    assert welcome.startswith("Welcome to")


def sign_up(person):
    person.opens("/en/members/join/").clicks("Create an account")
    person.fills("First name", "Åsa").fills("Last name", "Ääriesimerkki")
    person.fills("Email", NEWCOMER).fills("Password", factories.PASSWORD)
    person.presses("Create an account")
    person.opens(link_to_confirm()).page.locator("main form button").first.click()
    person.page.wait_for_url("**/members/join/")  # signed in, and where they were going


def apply(person):
    person.opens("/en/members/join/organisation/?q=Etsinta").clicks("Add a new organisation")
    person.fills("Official name of the organisation", "").presses("Continue to the application")
    person.sees("Correct 2 items")  # an empty form names its faults and keeps the reader there
    person.fills("Official name of the organisation", "Kuvitteellinen Etsintä ry")
    person.page.get_by_label("Kind of organisation").select_option("association")
    person.presses("Continue to the application")
    person.page.get_by_label("Klusteri pirkanmaa").check()
    person.fills("Why do you want to join?", "Etsimme välineitä.")
    person.page.get_by_label("A learning network across sectors").check()
    person.page.get_by_label("We share the cluster's values").check()
    person.presses("Send the application")


def handle(coordinator, application, step, reason=""):
    """A step in the admin; its pages are Django's own, so only the portal's are checked by axe."""
    page = coordinator.page
    page.goto(f"{coordinator.base}/en/admin/members/membership/{application.pk}/change/")
    form = page.locator("form", has=page.get_by_role("button", name=step, exact=True)).last
    if reason:
        form.locator("textarea").fill(reason)
    form.get_by_role("button", name=step, exact=True).click()
    page.wait_for_load_state()


def subjects_to(address):
    deliver_due()
    return [message.subject for message in mail.outbox if message.to == [address]]


def link_to_confirm():
    deliver_due()
    return re.search(r"http://[^/\s]+(/\S*confirm-email/\S+)", mail.outbox[-1].body)[1]
