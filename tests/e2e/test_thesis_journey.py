"""Whole journeys of a thesis, from each first mover to the end, and the letters on the way."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils import timezone

from cluster_portal.core.search import reindex
from cluster_portal.notifications.sending.delivery import deliver_due
from tests import factories
from tests.theses import factories as made
from tests.theses import parties
from theses.models import Application, Approach, Dismissal, SupervisionRequest, Thesis, Topic

if TYPE_CHECKING:
    from members.models import Cluster, Organisation, User
    from tests.e2e.conftest import Visitor

REPOSITORY = "https://www.theseus.fi/handle/10024/900001"


@pytest.fixture
def school(home_cluster) -> Organisation:
    return factories.organisation("Esimerkki AMK", kind="university_of_applied_sciences")


@pytest.fixture
def topic(company, home_cluster, lead) -> Topic:
    found = made.topic(company, home_cluster, title="Varavoiman kunnossapito", contact=lead)
    reindex(found)
    return found


@pytest.fixture
def unreviewed(home_cluster) -> Cluster:
    home_cluster.reviews_topics = False
    home_cluster.save()
    return home_cluster


@pytest.fixture
def student(db) -> User:
    person = factories.user("opiskelija@example.org", first_name="Oona", last_name="Opiskelija")
    return factories.verified(person)


def letters() -> dict[str, str]:
    """What was sent since it was last asked, by the reader's address; each leads somewhere."""
    deliver_due()
    sent: dict[str, str] = {}
    for letter in mail.outbox:
        assert "http" in letter.body, letter.body
        before = sent.get(letter.to[0], "")
        sent[letter.to[0]] = f"{before}{letter.subject}\n{letter.body}\n"
    mail.outbox.clear()
    return sent


def ticks(visitor: Visitor, *labels: str) -> None:
    for label in labels:
        visitor.page.locator("main").get_by_label(label).first.check()


def unfolds(visitor: Visitor, words: str) -> Visitor:
    visitor.page.locator("summary", has_text=words).first.click()
    return visitor.checked()


def applies(seeker: Visitor) -> None:
    seeker.fills("Why does the topic interest you?", "Olen tehnyt varavoimaharjoituksia.")
    seeker.fills("Educational institution and degree", "Esimerkki AMK, turvallisuus")
    ticks(seeker, "I understand that a finished thesis is public.")
    cv = {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"Harjoituksia 2025."}
    seeker.page.get_by_label("Files").set_input_files([cv])
    seeker.presses("Send the application").sees("Thank you, your application has been sent.")


def interviews(owner: Visitor, seeker: Visitor, application: Application) -> None:
    path = f"/en{application.get_absolute_url()}"
    unfolds(owner.opens(path), "Invite to an interview")
    owner.fills("Where and how", "https://video.example.org/haastattelu")
    for number in (1, 2):
        at = timezone.localtime() + datetime.timedelta(days=number)
        owner.fills(f"Time {number}", at.strftime("%Y-%m-%dT10:00"))
    owner.presses("Send the proposed times").sees("picks a time")
    seeker.opens(path).presses("Pick this time", exact=False).sees("The time is agreed.")
    assert application.interview_times.filter(is_chosen=True).count() == 1


def test_company_offers_and_the_thesis_is_finished(visitor, topic, lead, school, student):
    busy, guide = (
        factories.verified(parties.supervisor(school, 2, name)) for name in ("kiireinen", "ohjaaja")
    )
    seeker = visitor(width=320, dark=True).signs_in(student)
    owner = visitor().signs_in(factories.verified(lead))
    thesis = is_chosen(seeker, owner, topic)
    assert topic.title in letters()[student.email]
    helper = finds_supervisor(visitor, seeker, thesis, (busy, guide))
    workspace = f"/en{thesis.workspace_url}"
    settles_agreement(workspace, (seeker, owner, helper))
    goes_on(workspace, seeker, owner)
    assert thesis.workspace_url in letters()[guide.email]
    page = finishes(workspace, seeker, helper)

    anyone = visitor(width=320).opens("/en/theses/finished/").clicks(page, exact=False)
    assert anyone.sees("Oona Opiskelija")
    assert anyone.sees("Varavoimakoneet käynnistyvät.")
    assert anyone.page.locator(f'a[href="{REPOSITORY}"]').count() == 1
    assert set(letters()) == {student.email, lead.email}


def is_chosen(seeker: Visitor, owner: Visitor, topic: Topic) -> Thesis:
    seeker.opens("/en/theses/?q=varavoima").clicks(topic.title, exact=False)
    applies(seeker)
    application = Application.objects.get()
    both = {application.student.email, topic.contact.email}
    owner.opens(f"/en{application.get_absolute_url()}").sees("cv.txt")
    assert set(letters()) == both
    interviews(owner, seeker, application)
    assert set(letters()) == both
    owner.opens(f"/en{application.get_absolute_url()}").presses("Accept")
    return Thesis.objects.get()


def finds_supervisor(visitor, seeker: Visitor, thesis: Thesis, asked: tuple[User, User]) -> Visitor:
    """The first declines, the second accepts; gives the second's browser."""
    seeker.opens(f"/en{thesis.workspace_url}").clicks("Ask supervisors")
    for number, person in enumerate(asked, start=1):
        seeker.fills(f"Order of asking: {person.get_full_name()}", str(number))
    seeker.fills("Message to the supervisors", "Voisitteko ohjata työtäni?")
    seeker.presses("Ask in this order").sees("is asked now.")
    first, second = SupervisionRequest.objects.order_by("rank")
    assert set(letters()) == {asked[0].email}
    one = visitor(width=320).signs_in(asked[0]).opens(f"/en{first.get_absolute_url()}")
    unfolds(one, "Decline").fills("Reason", "Aihe ei ole alaani.")
    one.presses("Decline").sees("The others have been told.")
    assert asked[1].email in letters()
    helper = visitor(dark=True).signs_in(asked[1]).opens(f"/en{second.get_absolute_url()}")
    helper.presses("I will supervise").sees("Three parties")
    assert asked[0].email not in letters()
    return helper


def settles_agreement(workspace: str, three: tuple[Visitor, ...]) -> None:
    three[0].opens(workspace).clicks("Edit the agreement")
    three[0].fills("Contract signed on", timezone.localdate().isoformat())
    ticks(three[0], "No permits are needed", "Only public material")
    ticks(three[0], "The commissioner may use the results")
    three[0].presses("Save")
    for party in three:
        party.opens(workspace).presses("I confirm the agreement")
    three[-1].opens(workspace).presses("The work has begun").sees("In progress")
    letters()


def goes_on(workspace: str, seeker: Visitor, owner: Visitor) -> None:
    seeker.opens(workspace)
    ticks(seeker, "Stuck, I need help")
    seeker.presses("Tell how it goes").sees("Tell what you are stuck with")
    seeker.fills("What slows it down", "En saa aineistoa.").presses("Tell how it goes")
    owner.opens(workspace).sees("En saa aineistoa.")
    ticks(seeker.opens(workspace), "Going well")
    seeker.presses("Tell how it goes").clicks("Add a milestone")
    seeker.fills("Milestone", "Kysely").fills("Due", timezone.localdate().isoformat())
    seeker.presses("Save").presses("Mark as done", exact=False).sees("Done on")


def finishes(workspace: str, seeker: Visitor, helper: Visitor) -> str:
    """The student writes what will be public, the supervisor finishes; gives the title."""
    seeker.opens(workspace).clicks("Write what will be public")
    seeker.fills("Title of the finished thesis", "Varavoiman kunnossapidon malli")
    seeker.fills("Abstract", "Varavoimakoneet käynnistyvät.")
    seeker.fills("Address in the repository", REPOSITORY)
    ticks(seeker, "Show my name as the author")
    seeker.presses("Save")
    letters()
    helper.opens(workspace).clicks("Finish the thesis").presses("Save and finish the thesis")
    helper.sees("The thesis is finished.")
    return "Varavoiman kunnossapidon malli"


def test_supervisor_proposes_and_all_three_are_found(
    visitor, company, unreviewed, lead, school, student
):
    guide = factories.verified(parties.supervisor(school, 2, "ohjaaja"))
    helper = visitor(script=False).signs_in(guide).opens("/en/theses/propose/")
    proposes(helper.clicks("Propose a topic as its supervisor"))
    topic = Topic.objects.get()
    path = f"/en{topic.get_absolute_url()}"

    owner = visitor(width=320, script=False).signs_in(factories.verified(lead)).opens(path)
    owner.clicks("Commission this topic").fills("Message", "Tilaamme tämän mielellämme.")
    owner.presses("Send the offer")
    approach = Approach.objects.get()
    assert approach.get_absolute_url() in letters()[guide.email]
    helper.opens(f"/en{approach.get_absolute_url()}").presses("Accept").sees(company.name)

    seeker = visitor(script=False).signs_in(student).opens(path).clicks("Apply to this topic")
    applies(seeker)
    owner.opens(f"/en{Application.objects.get().get_absolute_url()}").presses("Accept")
    thesis = Thesis.objects.get()
    assert (thesis.stage, thesis.supervisor) == ("matched", guide)
    assert {student.email, guide.email} <= set(letters())
    for party in (seeker, helper, owner):
        party.opens(f"/en{thesis.workspace_url}").sees("All have accepted")


def proposes(helper: Visitor) -> None:
    ticks(helper, "We accept that the finished thesis is public.", "UAS bachelor's thesis")
    ticks(helper, "Finnish", "Not paid")
    fields = helper.page.get_by_role("group", name="Field of education")
    fields.get_by_role("checkbox").first.check()
    helper.fills("Title", "Vesihuollon varautumissuunnitelma")
    helper.fills("Description", "Miten pieni vesilaitos varautuu?")
    helper.presses("Save and look at the page").presses("Publish").sees("Open until")


def test_coordinator_introduces_a_student(visitor, topic, office, student, settings):
    settings.DEMO = True  # elsewhere the coordinator would be asked for a second factor
    made.student_profile(student, cluster=topic.home_cluster, interests="Varavoiman kunnossapito.")
    coordinator = visitor().signs_in(factories.verified(office)).opens("/en/admin/theses/boards/")
    coordinator.clicks("Topics without a student", exact=False)
    coordinator.presses(f"Introduce: {student}")
    approach = Approach.objects.get()
    assert (approach.to, approach.topic) == (student, topic)
    assert approach.get_absolute_url() in letters()[student.email]

    seeker = visitor(width=320, dark=True).signs_in(student)
    seeker.opens(f"/en{approach.get_absolute_url()}").presses("Accept")
    applies(seeker)
    assert Application.objects.get().student == student
    assert {topic.contact.email, office.email} <= set(letters())


def test_student_opens_her_profile_in_swedish(visitor, topic, lead, student):
    seeker = visitor(width=320).signs_in(student).opens("/sv/theses/profile/")
    makes_profile(seeker.clicks("Skapa studentprofil"))
    ticks(seeker, "För alla uppdragsgivare och handledare")
    seeker.presses("Spara").sees("Sparat.")
    owner = visitor(dark=True).signs_in(factories.verified(lead))
    assert owner.opens("/sv/theses/students/").sees("Oona Opiskelija")

    seeker.opens("/sv/theses/suggestions/")
    assert seeker.page.locator("article.match", has_text=topic.title).locator(".why li").count()
    seeker.presses("Inte för mig", exact=False)
    assert Dismissal.objects.get().topic == topic
    assert seeker.page.locator("article.match").count() == 0
    seeker.presses("Ångra").sees("Det här kan föreslås för dig igen.")
    assert seeker.page.locator("article.match", has_text=topic.title).count() == 1


def makes_profile(seeker: Visitor) -> None:
    seeker.presses("Spara")  # an empty form names its faults
    seeker.page.get_by_label("Nivå på mitt examensarbete").select_option("bachelor_uas")
    seeker.fills("Namn på annan läroanstalt", "Esimerkki AMK")
    seeker.fills("Utbildningsprogram", "Turvallisuus")
    fields = seeker.page.get_by_role("group", name="Utbildningsområden")
    fields.get_by_role("checkbox").first.check()
    seeker.fills("Vad som intresserar mig", "Varavoiman kunnossapito ja harjoitukset.")
    ticks(seeker, "finska")
    seeker.presses("Spara").sees("Nedan bestämmer du vem som ser profilen.")
