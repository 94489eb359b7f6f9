"""Every address of an object is closed to those who may not see it, while the object exists.

Each route is tried by the strangers, and then by those who may: a 404 because of a wrong address
would show nothing.
"""

import datetime
import re
import uuid

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cluster_portal.core import files
from cluster_portal.core.files import Upload
from cluster_portal.knowledge.models import PageVersion
from cluster_portal.knowledge.services.standing import save_page
from cluster_portal.notifications import outbox
from cluster_portal.notifications.models import OutboxMail, SavedSearch
from cluster_portal.surveys.models import CircularCase
from events.models import (
    Attendance,
    Course,
    EventQuestion,
    EventTemplate,
    Idea,
    MeetingPaper,
    OneToOne,
    PaperVersion,
    Statement,
    Talk,
)
from events.services.copies import described
from members.models import NamedPerson, NeedMatch, RelatedCluster
from members.services.profiles import set_logo
from projects.models import (
    Amendment,
    Application,
    GoalPart,
    ProjectEditor,
    ProjectStep,
    Proposal,
    Question,
    Review,
    RoleSuggestion,
    StaffMember,
)
from projects.services import proposal_files
from projects.services.actual_costs import Spent, enter_cost
from projects.services.budgets import save_budget
from tests import factories, house
from tests.events import body_factories as bodies
from tests.events import factories as events
from tests.knowledge import factories as articles
from tests.knowledge import situation_factories as situation
from tests.members import need_factories as needs
from tests.members.test_tenders import tender
from tests.projects import factories as projects
from tests.surveys import factories as surveys
from tests.theses import factories as theses
from tests.theses import parties
from theses.models import Approach, InterviewTime, Milestone, SupervisionRequest
from theses.services import applications as thesis_applications

STRANGERS = ("outsider", "other_lead", "other_office")
FOR_ANY_COORDINATOR = "pages:"
OURS = ("members:", "projects:", "theses:", "events:", "surveys:", "notifications:", "searches:",
        "knowledge:", "pages:", "situation:", "library:")  # fmt: skip
# What these show is the reader's own, or everybody's.
WITHOUT_OBJECT = {"members:cluster", "theses:profile_delete", "searches:new"}
WITHOUT_OBJECT |= {"members:my_expert_move"}
# Public: a region of the vocabulary.
WITHOUT_OBJECT |= {"members:region"}
# Missing for everybody, its own person too, when it shows a level of readers nothing.
WITHOUT_OBJECT |= {"members:expert"}
# Answers the same to whatever it is sent, and marks only the reader's own.
WITHOUT_OBJECT |= {"notifications:read"}
# Route: the object and the action that its address names. The first that fits counts.
OBJECTS = {
    r"members:yearly_report": ("own_cluster", ""),
    r"members:application_facts": ("draft", ""),
    r"members:application": ("membership", ""),
    r"members:removal": ("removed", ""),
    r"members:affiliation_request": ("hidden_firm", ""),
    r"members:affiliation": ("affiliation", "end"),
    r"members:named": ("named", ""),
    r"members:contact": ("hidden_firm", ""),
    r"members:values": ("active", ""),
    r"members:tender$": ("hidden_tender", ""),
    r"members:organisation_logo$": ("firm_with_logo", ""),
    r"members:capability_move": ("hidden_capability", "renew"),
    r"members:capability": ("hidden_capability", ""),
    r"members:organisation$": ("hidden_firm", ""),
    r"members:need$": ("hidden_need", ""),
    r"members:need": ("need", "withdraw"),
    r"members:match_dismiss": ("match", ""),
    r"members:": ("firm", ""),
    r"projects:call$": ("hidden_call", ""),
    r"projects:challenge$": ("hidden_challenge", ""),
    r"projects:challenge_tell": ("draft_challenge", ""),
    r"projects:(proposal_compare|challenge_openings|proposal_openings)": ("challenge", ""),
    r"projects:(proposal_write|question_ask)": ("named_challenge", ""),
    r"projects:proposal_file": ("proposal_file", ""),
    r"projects:proposal": ("proposal", "withdraw"),
    r"projects:question_answer": ("question", ""),
    r"projects:challenge_move": ("challenge", "close"),
    r"projects:pilot$": ("hidden_pilot", ""),
    r"projects:maker": ("pilot", ""),
    r"projects:pilot": ("pilot", "publish"),
    r"projects:testbed$": ("hidden_testbed", ""),
    r"projects:testbed": ("testbed", "pause"),
    r"projects:package(_zip)?$": ("hidden_project", ""),
    r"projects:(package_edit|transfer_add)": ("hidden_project", ""),
    r"projects:transfer_edit": ("transfer", ""),
    r"projects:outcome_remove": ("outcome", ""),
    r"projects:result$": ("hidden_result", ""),
    r"projects:result_file": ("result_file", ""),
    r"projects:result_tell": ("draft_result", ""),
    r"projects:result_use_move": ("result_use", "confirm_use"),
    r"projects:result_use$": ("hidden_result", ""),
    r"projects:result": ("closed_result", "withdraw"),
    r"projects:programme_comment": ("draft_in_round", ""),
    r"projects:comment_round_open": ("draft_in_round", ""),
    r"projects:programme": ("programme", ""),
    r"projects:(act_add|part_ask)$": ("programme", ""),
    r"projects:goal_part": ("goal_part", "accept"),
    r"projects:review_hold": ("review", ""),
    r"projects:measure": ("measure", ""),
    r"projects:initiative$": ("hidden_initiative", ""),
    r"projects:initiative_move": ("hidden_initiative", "publish"),
    r"projects:thread": ("hidden_challenge", ""),
    r"projects:(part|part_remove)$": ("step", ""),
    r"projects:part(s|_add)$": ("hidden_project", "steps"),
    r"projects:staff_leave": ("staff_member", ""),
    r"projects:project_(edit|partners)": ("hidden_project", ""),
    r"projects:amendment_ask": ("hidden_project", ""),
    r"projects:amendment_decide": ("amendment", ""),
    r"projects:partner_edit": ("partner", ""),
    r"projects:completion_ask": ("funding_application", ""),
    r"projects:partnership": ("invitation", "remove"),
    r"projects:editor_answer": ("own_idea", ""),
    r"projects:editor_remove": ("co_editor", ""),
    r"projects:application_begin": ("own_idea", ""),
    r"projects:application": ("funding_application", "submit"),
    r"projects:idea_delete": ("draft_idea", ""),
    r"projects:(idea|support)": ("own_idea", ""),
    r"projects:suggestion_dismiss": ("suggested_idea", ""),
    r"projects:project$": ("hidden_project", ""),
    r"projects:(budget|actual_cost)": ("project_with_budget", ""),
    r"projects:funder_report": ("hidden_project", ""),
    r"projects:status_report$": ("status_report", ""),
    r"projects:status_report_edit": ("status_report", ""),
    r"projects:status_report": ("hidden_project", ""),
    r"projects:message": ("discussion_message", ""),
    r"projects:discussion$": ("discussion", ""),
    r"projects:discussion": ("hidden_project", ""),
    r"projects:documents$": ("hidden_project", ""),
    r"projects:document_file": ("document_version", ""),
    r"projects:document": ("document", ""),
    r"projects:project_move": ("project", "wind_up"),
    r"theses:approach": ("approach", "decline"),
    r"theses:application_file": ("file", ""),
    r"theses:(application|interview)": ("application", "withdraw"),
    r"theses:student": ("student_profile", ""),
    r"theses:supervisor(_invite)?$": ("supervisor_profile", ""),
    r"theses:finished_thesis": ("finished", ""),
    r"theses:(work|agreement|milestone|thread)": ("thesis", "begin"),
    r"theses:supervision": ("request", "decline"),
    r"theses:topic(_apply|_versions|_commission|_supervise)?$": ("hidden_topic", ""),
    r"theses:": ("topic", "renew"),
    r"events:registration_claim": ("guest", ""),
    r"events:certificate": ("certified", ""),
    r"events:door_code": ("registration", ""),
    r"events:door_mark": ("registration_at_door", "arrived"),
    r"events:question(_delete)?$": ("own_question", ""),
    r"events:(talk_withdraw|organiser_talk|organiser_talk_step)$": ("talk", "decline"),
    r"events:idea$": ("hidden_idea", ""),
    r"events:idea_(support|move)": ("hidden_idea", "publish"),
    r"events:colleague": ("hidden_event", ""),
    r"events:registration": ("registration", ""),
    r"events:move": ("event", "cancel"),
    r"events:edit": ("draft_event", ""),
    r"events:organiser_(participant|step)": ("participant", "mode"),
    r"events:programme": ("programme_item", ""),
    r"events:material": ("material", ""),
    r"events:template_": ("template", ""),
    r"events:seat_claim": ("claimed_seat", ""),
    r"events:seat_(edit|end|invite)": ("body_seat", ""),
    r"events:one_to_one": ("one_to_one", "cancel"),
    r"events:part_remove": ("course_part", ""),
    r"events:reading_remove": ("course_reading", ""),
    r"events:(group_join|output_add)": ("course_group", ""),
    r"events:(course_output|output_)": ("group_output", ""),
    r"events:risk_(edit|remove)": ("risk_entry", ""),
    r"events:course_certificate": ("course_certificate", ""),
    r"events:(course|part|reading|group|risk)": ("draft_course", "submit"),
    r"events:meeting_plan": ("hidden_body", ""),
    r"events:(item_add|meeting|paper_add)": ("hidden_meeting", "call"),
    r"events:(item|minutes|decision_take)": ("meeting_item", "up"),
    r"events:attendance_answer": ("own_attendance", ""),
    r"events:attendance": ("attendance", ""),
    r"events:paper_file": ("paper_version_of_meeting", ""),
    r"events:paper": ("meeting_paper", ""),
    r"events:decision": ("body_decision", ""),
    r"events:statement_add": ("hidden_body", ""),
    r"events:statement": ("draft_statement", "open"),
    r"events:(body|seat)": ("hidden_body", ""),
    r"events:": ("hidden_event", ""),
    r"surveys:circular_case": ("circular_case", ""),
    r"surveys:room": ("anonymous_round", ""),
    r"surveys:results": ("published_round", ""),
    r"surveys:(begin|round|coverage)$": ("hidden_round", ""),
    r"surveys:": ("response", "submit"),
    r"knowledge:article$": ("hidden_article", ""),
    r"knowledge:file": ("article_file", ""),
    r"knowledge:picture": ("article_picture", ""),
    r"knowledge:": ("article_draft", "withdraw"),
    r"pages:": ("page_version", ""),
    r"situation:(indicator|measure|begin)": ("hidden_indicator", ""),
    r"situation:evaluation": ("hidden_evaluation", ""),
    r"library:file": ("library_version", ""),
    r"library:": ("library_document", ""),
    r"situation:signal$": ("hidden_signal", ""),
    r"situation:signal": ("proposed_signal", "open"),
    r"situation:": ("draft_review", "propose"),
    r"notifications:": ("notice", ""),
    r"searches:": ("search", ""),
}


def closed_routes():
    """All that name an object. A signed link is its own key."""
    return {
        name: route.pattern.converters
        for name, route in house.routes()
        if name.startswith(OURS)
        and route.pattern.converters
        and "token" not in route.pattern.converters
        and name not in WITHOUT_OBJECT
    }


ROUTES = closed_routes()


@pytest.fixture
def shown(request, cast, company, home_cluster, lead, member):
    """The object that an entry of `OBJECTS` names."""
    return World(company, home_cluster, lead, member)


class World:
    """Everything belongs to the company, its contact, and the people of one thesis."""

    def __init__(self, company, cluster, lead, member):
        self.company, self.cluster, self.lead, self.member = company, cluster, lead, member
        self.data = {"link": "1", "answer": "agree"}
        self.student = factories.verified(factories.user("opiskelija@example.org"))
        school = factories.organisation(kind="university")
        self.supervisor = parties.supervisor(school, room=3)

    def make(self, name):
        return getattr(self, name)()

    def firm(self):
        return self.company

    def own_cluster(self):
        return self.cluster

    def hidden_firm(self):
        made = factories.organisation(visibility="private", is_brought=True, brought_by=self.lead)
        factories.affiliation(self.lead, made, role="contact")
        return made

    def active(self):
        return self.membership("active")

    def hidden_body(self):
        return bodies.body(self.cluster)

    def hidden_meeting(self):
        """Looked after by the company's contact."""
        return bodies.meeting(self.body_seat().body, self.lead)

    def meeting_item(self):
        return self.hidden_meeting().items.get(kind="follow_up")

    def attendance(self):
        meeting = self.hidden_meeting()
        return Attendance.objects.create(meeting=meeting, seat=meeting.body.seats.get())

    own_attendance = attendance

    def meeting_paper(self):
        return MeetingPaper.objects.create(meeting=self.hidden_meeting(), title="Liite")

    def paper_version_of_meeting(self):
        name = files.store(Upload("a.pdf", "pdf", b"%PDF"), "meetings")
        return PaperVersion.objects.create(
            paper=self.meeting_paper(), number=1, name="a.pdf", file=name, size=4
        )

    def body_decision(self):
        item = self.meeting_item()
        type(item.meeting).objects.update(stage="running")
        return bodies.decision(item, self.lead, owner=self.lead)

    def draft_statement(self):
        return Statement.objects.create(body=self.body_seat().body, title="Kanta", text="Teksti")

    def draft_course(self):
        return Course.objects.create(
            home_cluster=self.cluster, organisation=self.company, slug="koulutus",
            title_fi="Koulutus", summary_fi="Osissa.", has_register=True, visibility="members",
        )  # fmt: skip

    def course_part(self):
        return self.draft_course().parts.create(event=events.event(self.cluster))

    def course_reading(self):
        return self.draft_course().readings.create(title="Opas")

    def course_group(self):
        return self.draft_course().groups.create(name="Ryhmä")

    def group_output(self):
        group = self.course_group()
        name = files.store(Upload("a.pdf", "pdf", b"%PDF"), "course-outputs")
        return group.outputs.create(course=group.course, title="Työ", file=name, name="a.pdf")

    def risk_entry(self):
        return self.draft_course().risks.create(risk="Riski", likelihood=1, impact=1)

    def course_certificate(self):
        return self.draft_course().certificates.create(user=self.lead, name="Liisa")

    def one_to_one(self):
        starts = timezone.now() + datetime.timedelta(days=3)
        return OneToOne.objects.create(
            asker=self.lead, topic="Tapaaminen", stage="agreed", answer_by=starts,
            starts_at=starts, ends_at=starts + datetime.timedelta(minutes=30),
        )  # fmt: skip

    def claimed_seat(self):
        """With the confirmed address of the company's contact."""
        factories.verified(self.lead)
        return bodies.seat(self.hidden_body(), email=self.lead.email, name="Liisa")

    def body_seat(self):
        return bodies.seat(self.hidden_body(), self.lead, "chair")

    def hidden_tender(self):
        return tender(self.cluster, organisation=self.company, visibility="private")

    def firm_with_logo(self):
        made = self.hidden_firm()
        return set_logo(made, Upload("logo.webp", "webp", b"RIFF"), by=self.lead)

    def hidden_capability(self):
        return factories.capability(self.company, self.cluster, visibility="private")

    def membership(self, stage="more_information"):
        return factories.membership(
            self.hidden_firm(), self.cluster, stage=stage, applicant=self.lead
        )

    def draft(self):
        return self.membership("draft")

    def affiliation(self):
        return self.member.affiliations.get()

    def named(self):
        """Somebody at the address of the company's contact."""
        factories.verified(self.lead)
        return NamedPerson.objects.create(
            cluster=self.cluster, organisation=self.company, name="Aino", email=self.lead.email
        )

    def removed(self):
        row = self.affiliation()
        row.contact_taken_at = timezone.now()
        row.save()
        return row

    def need(self, **values):
        return needs.need(self.cluster, self.company, **values)

    def hidden_need(self):
        return self.need(visibility="private")

    def match(self):
        kind = ContentType.objects.get_for_model(self.company)
        return NeedMatch.objects.create(
            need=self.need(), answers="members", content_type=kind, object_id=self.company.pk
        )

    def challenge(self, **values):
        return projects.challenge(self.cluster, organisation=self.company, **values)

    def hidden_call(self):
        return projects.call(self.cluster, visibility="private")

    def hidden_challenge(self):
        return self.challenge(visibility="private", has_teaser=False)

    def transfer(self):
        return projects.transfer(self.hidden_project())

    def outcome(self):
        return projects.outcome(self.cluster, self.company)

    def hidden_result(self):
        return self.result(visibility="private")

    def closed_result(self):
        return self.result(visibility="cluster")

    def draft_result(self):
        return self.result(stage="draft", published_at=None, year=None, number=None)

    def result_use(self):
        return projects.use(self.closed_result())

    def result_file(self):
        return projects.result_file(self.hidden_result())

    def hidden_article(self):
        return articles.article(self.cluster, organisation=self.company, visibility="private")

    def article_draft(self):
        return articles.article(self.cluster, organisation=self.company, stage="draft")

    def article_picture(self):
        return articles.picture(self.article_draft())

    def article_file(self):
        return articles.file(self.article_draft())

    def hidden_indicator(self):
        made = situation.indicator(self.cluster, organisation=self.company, visibility="private")
        situation.measurement(made)
        return made

    def hidden_evaluation(self):
        return situation.evaluation(self.cluster, organisation=self.company, visibility="private")

    def library_document(self):
        return situation.document(
            self.cluster, organisation=self.company, visibility="private", author=self.lead
        )

    def library_version(self):
        return self.library_document().versions.get()

    def hidden_signal(self):
        return situation.signal(self.cluster, organisation=self.company, visibility="private")

    def proposed_signal(self):
        return situation.signal(self.cluster, author=self.lead, stage="proposed")

    def draft_review(self):
        self.data["organisation"] = self.company.slug
        return situation.review(self.cluster, stage="draft")

    def page_version(self):
        office = factories.coordinator(self.cluster, "pages@example.org")
        save_page("about", {"body_fi": "Uusi teksti."}, by=office, seen=0)
        return PageVersion.objects.get(key="about", number=1)

    def result(self, **values):
        return projects.result(self.cluster, organisation=self.company, **values)

    def programme(self):
        return projects.programme(self.cluster, organisation=self.company)

    def draft_in_round(self):
        """Open to comments of the company's contact."""
        made = self.programme()
        made.comments_until = timezone.localdate()
        made.save()
        made.commenters.add(self.lead)
        return made

    def goal_part(self):
        goal = self.measure().goal
        return GoalPart.objects.create(goal=goal, organisation=self.company, part="owner")

    def review(self):
        return Review.objects.create(programme=self.programme(), due_on=timezone.localdate())

    def measure(self):
        return projects.measure(self.programme(), responsible=self.company)

    def project(self, **values):
        return projects.project(self.cluster, organisation=self.company, **values)

    def project_with_budget(self):
        found = self.hidden_project()
        budget = save_budget(found, projects.seed_plan(), by=None)
        spent = Spent(self.company, "staff", timezone.localdate(), 100, uuid.uuid4())
        found.cost_key = enter_cost(budget, spent, by=self.lead).form_key
        return found

    def hidden_project(self):
        return self.project(visibility="private")

    def document(self):
        return projects.document(self.hidden_project(), self.lead)

    def status_report(self):
        return projects.status_report(self.hidden_project())

    def discussion(self):
        return projects.discussion(self.hidden_project(), self.lead)

    def discussion_message(self):
        return self.discussion().messages.get()

    def document_version(self):
        return self.document().versions.get()

    def amendment(self):
        return Amendment.objects.create(
            project=self.hidden_project(), what="Aikataulu", why="Myöhässä.",
            asked_on=timezone.localdate(),
        )  # fmt: skip

    def partner(self):
        other = factories.organisation("Kumppani Oy")
        return projects.partnership(self.hidden_project(), other)

    def step(self):
        return ProjectStep.objects.create(
            project=self.hidden_project(), on=timezone.localdate(), text_fi="Alkoi."
        )

    def staff_member(self):
        return StaffMember.objects.create(
            project=self.hidden_project(), role="expert", user=self.member
        )

    def topic(self, **values):
        return theses.topic(self.company, self.cluster, **values)

    def hidden_topic(self):
        return self.topic(visibility="private")

    def approach(self):
        return Approach.objects.create(
            topic=self.topic(), kind="invite_student", by=self.lead, to=self.student,
            message="Hei.", answer_by=timezone.localdate() + datetime.timedelta(days=9),
        )  # fmt: skip

    def application(self):
        made = theses.application(
            self.topic(), self.student, stage="interview", proposed_at=timezone.now()
        )
        starts = timezone.now() + datetime.timedelta(days=3)
        time = InterviewTime.objects.create(application=made, starts_at=starts, is_chosen=True)
        self.data["time"] = time.pk
        return made

    def file(self):
        made = theses.application(self.topic(), self.student)
        content = b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"
        thesis_applications.keep_files(made, [files.check(SimpleUploadedFile("cv.pdf", content))])
        return made.files.get()

    def student_profile(self):
        made = theses.student_profile(self.student, openness="chosen")
        made.opened_to.add(self.company)
        return made

    def supervisor_profile(self):
        profile = self.supervisor.supervisor_profile
        profile.is_open = False
        profile.save()
        return profile

    def thesis(self, **values):
        topic = self.topic(visibility="private")
        made = parties.working(topic, self.student, self.supervisor, **values)
        self.milestone = Milestone.objects.create(
            thesis=made, title="Välietappi", due_on=timezone.localdate()
        )
        return made

    def finished(self):
        today = timezone.localdate()
        return self.thesis(
            stage="finished", finished_on=today, finished_year=today.year, slug="valmis",
            abstract="Tiivistelmä.",
        )  # fmt: skip

    def request(self):
        return SupervisionRequest.objects.create(
            thesis=parties.thesis(self.topic(), self.student), supervisor=self.supervisor, rank=1,
            stage="asked", asked_at=timezone.now(), answer_by=timezone.localdate(),
        )  # fmt: skip

    def event(self, **values):
        return events.event(self.cluster, organisation=self.company, **values)

    def hidden_event(self):
        return self.event(visibility="private")

    def draft_event(self):
        return self.event(stage="draft", published_at=None)

    def registration(self):
        return events.registration(self.event(remote=True), self.student)

    def participant(self):
        return events.registration(self.event(visibility="private", remote=True), self.student)

    def programme_item(self):
        event = self.hidden_event()
        return event.agenda.create(starts_at=event.starts_at, title="Avaus")

    def material(self):
        return events.material(self.hidden_event())

    def template(self):
        return EventTemplate.objects.create(
            organisation=self.company, name="Pohja", values=described(self.event())
        )

    def guest(self):
        return events.registration(self.event(), None, email=self.student.email, name="Vieras")

    def certified(self):
        event = self.event(gives_certificate=True)
        return events.registration(event, self.student, stage="attended")

    def registration_at_door(self):
        row = self.registration()
        row.slug = row.event.slug
        return row

    def own_question(self):
        made = EventQuestion.objects.create(event=self.event(), text_fi="Kysymys?")
        made.slug = made.event.slug
        return made

    def talk(self):
        made = Talk.objects.create(
            event=self.event(), title="Puhe", summary="Tiivistelmä", speaker="Puhuja",
            author=self.member,
        )  # fmt: skip
        made.slug = made.event.slug
        return made

    def hidden_idea(self):
        return Idea.objects.create(
            home_cluster=self.cluster, title="Idea", author=self.member, visibility="members"
        )

    def response(self):
        return surveys.response(
            surveys.survey_round(self.cluster), organisation=self.company, person=self.member
        )

    def circular_case(self):
        return CircularCase.objects.create(
            home_cluster=self.cluster, organisation=self.company, region=factories.region(),
            source="Haastattelu", slug="kierto", sector="food", side_stream="Puru",
            replaces="Turve", quantity="unknown", readiness=3, visibility="private",
        )  # fmt: skip

    def anonymous_round(self):
        return surveys.survey_round(self.cluster, mode="anonymous", visibility="private")

    def hidden_round(self):
        made = surveys.survey_round(self.cluster, visibility="private")
        surveys.response(made, organisation=self.company)
        return made

    def published_round(self):
        made = surveys.survey_round(self.cluster, visibility="private", stage="published")
        surveys.response(made, organisation=self.company)
        return made

    def hidden_initiative(self):
        return RelatedCluster.objects.create(
            home_cluster=self.cluster, name_fi="Aloite", summary_fi="Lyhyesti.",
            relation="partner", source="example.org", checked_on=timezone.localdate(),
            stage="proposed", proposer=self.lead,
        )  # fmt: skip

    def draft_challenge(self):
        return self.challenge(stage="draft", visibility="private", has_teaser=False)

    def named_challenge(self):
        """Of somebody else, told to the company."""
        made = projects.challenge(
            self.cluster, organisation=factories.organisation(), visibility="group",
            has_teaser=False,
        )  # fmt: skip
        made.named_organisations.add(self.company)
        return made

    def proposal(self):
        return Proposal.objects.create(
            challenge=self.named_challenge(), organisation=self.company, title="Ehdotus",
            stage="sent", sent_at=timezone.now(),
        )  # fmt: skip

    def proposal_file(self):
        made, content = self.proposal(), b"%PDF-1.7\ntrailer<<>>\n%%EOF\n"
        proposal_files.keep_files(made, [files.check(SimpleUploadedFile("koe.pdf", content))])
        return made.files.get()

    def question(self):
        return Question.objects.create(challenge=self.challenge(), text="Kysymys?")

    def pilot(self, **values):
        return projects.pilot(self.cluster, self.company, **values)

    def hidden_pilot(self):
        return self.pilot(visibility="group")

    def testbed(self, **values):
        return projects.testbed(self.cluster, self.company, **values)

    def hidden_testbed(self):
        return self.testbed(stage="draft")

    def draft_idea(self):
        return projects.idea(
            self.cluster, organisation=self.company, visibility="group", published=False
        )

    def suggested_idea(self):
        idea = projects.idea(self.cluster, organisation=self.company, visibility="private")
        role = projects.role(idea)
        other = factories.organisation("Ehdotettu Oy")
        factories.membership(other, self.cluster)
        suggested = RoleSuggestion.objects.create(role=role, organisation=other, score=1)
        self.data["suggestion"] = suggested.pk
        return idea

    def own_idea(self):
        """That the member is asked to edit and a coordinator to make public."""
        made = projects.idea(
            self.cluster, organisation=self.company, visibility="group",
            public_asked_at=timezone.now(),
        )  # fmt: skip
        ProjectEditor.objects.create(project=made, user=self.member)
        return made

    def co_editor(self):
        return self.own_idea().editors.get()

    def invitation(self):
        return projects.partnership(self.own_idea(), self.company, stage="invited")

    def funding_application(self):
        return Application.objects.create(project=self.own_idea(), title="Hakemus")

    def notice(self):
        outbox.post("topic_published", to=self.lead, key="1", about=self.topic())
        return OutboxMail.objects.get()

    def search(self):
        return SavedSearch.objects.create(user=self.lead, kind="topics", name="Omat")

    @property
    def insiders(self):
        return [self.lead, self.member, self.student, self.supervisor]


def key_of(name, obj, world):
    if name.startswith("pages:"):
        return obj.key
    return getattr(obj, "cost_key", None) or world.milestone.public_id


def address(name, world):
    thing, action = next(found for route, found in OBJECTS.items() if re.match(route, name))
    obj = world.make(thing)
    values = {"action": action, "kind": "organisation", "number": 1, "part": "basics"}
    if name.startswith("projects:thread"):
        values["kind"] = "challenges"
    if name.startswith("projects:part"):
        values["kind"] = "steps"
    owners = (getattr(obj, name, None) for name in ("challenge", "project", "course", "event"))
    owner = next(filter(None, owners), obj)
    values["slug"] = getattr(owner, "slug", "")
    values["step"] = "thought" if thing == "own_idea" else "what"
    if name.startswith("knowledge:"):
        values["step"] = "text"
    values |= {"answer": "yes", "way": "up", "form": "agenda"}
    values |= {"position": 1, "year": timezone.localdate().year}
    values["organisation"] = world.company.slug
    values |= {"pk": obj.pk, "public_id": getattr(obj, "public_id", "")}
    values |= {each: getattr(obj, each, "") for each in ("form_key", "code")}
    if thing in {"programme", "draft_in_round"}:
        values |= {"cluster": obj.home_cluster.slug, "version": obj.version}
    if name == "projects:budget_file":
        values["kind"] = "csv"
    if "key" in ROUTES[name]:
        values["key"] = key_of(name, obj, world)
    return reverse(name, kwargs={key: values[key] for key in ROUTES[name]})


def strangers_of(name):
    """Standing pages belong to all clusters: another's coordinator is none there."""
    if name.startswith(FOR_ANY_COORDINATOR):
        return [who for who in STRANGERS if who != "other_office"]
    return STRANGERS


def answer(client, user, url, data):
    """By GET where there is a page, else by POST."""
    client.force_login(user)
    found = client.get(url).status_code
    return found if found != 405 else client.post(url, data).status_code


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_page_of_an_object_is_missing_for_strangers(name, client, cast, shown):
    url, wanted = address(name, shown), strangers_of(name)

    strangers = {who: answer(client, cast[who], url, shown.data) for who in wanted}
    insiders = {answer(client, user, url, shown.data) for user in [*shown.insiders, cast["office"]]}

    assert strangers == dict.fromkeys(wanted, 404)
    assert insiders & {200, 302, 422}


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_page_of_an_object_cannot_be_posted_to_by_strangers(name, client, cast, shown):
    url = address(name, shown)

    for who in strangers_of(name):
        client.force_login(cast[who])
        assert client.post(url, shown.data).status_code in {404, 405}, who
