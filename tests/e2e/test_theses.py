"""A student finds a topic by an inflected word, applies, and is accepted by the commissioner."""

from __future__ import annotations

from cluster_portal.core.search import reindex
from tests import factories
from tests.theses.factories import topic
from theses.models import Application


def test_student_applies_and_the_company_accepts(visitor, company, home_cluster, lead):
    made = topic(company, home_cluster, title="Varavoiman kunnossapito hyvinvointialueella")
    reindex(made)
    student = factories.verified(factories.user("opiskelija@example.org"))
    factories.verified(lead)

    seeker = visitor(width=320).signs_in(student)
    seeker.opens("/en/theses/?q=varavoima").clicks(made.title, exact=False)
    seeker.fills("Why does the topic interest you?", "Olen tehnyt varavoimaharjoituksia.")
    seeker.fills("Educational institution and degree", "Esimerkkiopisto, AMK")
    seeker.page.get_by_label("I understand that a finished thesis is public.").check()
    seeker.presses("Send the application")
    application = Application.objects.get()

    owner = visitor(dark=True).signs_in(lead)
    owner.opens(f"/en{application.get_absolute_url()}").presses("Accept")

    seeker.opens(f"/en{application.get_absolute_url()}").sees("Accepted")
    application.refresh_from_db()
    assert (application.stage, application.place.topic) == ("accepted", made)
