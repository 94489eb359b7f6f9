"""The content types of the theses app: search, lists, desk, digest and chores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Cooperation,
    Deadlines,
    Demo,
    Destination,
    Erasure,
    Figure,
    Following,
    Found,
    FrontSection,
    OrganisationSection,
    PersonalData,
    Queue,
    Yearly,
)
from cluster_portal.core.origin import Origin, Source, Start
from cluster_portal.core.reporting import Report
from members.models import Need
from projects.models import Challenge, Measure, Project, Result
from theses import demo, digest, erasure, exports
from theses.demo import profiles as demo_profiles
from theses.demo import topics as demo_topics
from theses.demo import works as demo_works
from theses.desk import applications as application_desk
from theses.desk import queues
from theses.desk import topics as topic_desk
from theses.desk import works as work_desk
from theses.models import SupervisorProfile, Thesis, Topic
from theses.models.choices import UNPUBLISHED
from theses.pages import (
    answers,
    counts,
    finished_list,
    interests,
    knots,
    organisation,
    reports,
    thread,
    topic_list,
)
from theses.pages.presentation import row_of
from theses.services import application_rounds, approaches, leavers, renewals, supervision, works
from theses.services.links import move_measure, tie_result
from theses.services.topics import expire_overdue

if TYPE_CHECKING:
    from cluster_portal.core.visibility import Reader

ON_FRONT, COUNTED = 4, 10_000


def newest(user: Reader) -> dict[str, Any] | None:
    open_topics = Topic.objects.visible_to(user).open()
    topics = open_topics.for_cards().order_by("-published_at", "-pk")[:ON_FRONT]
    rows = [row_of(topic) for topic in topics]
    if not rows:
        return None
    count = open_topics.order_by()[:COUNTED].count()
    figures = [{"label": gettext("Open thesis topics"), "value": count}]
    return {"rows": rows, "list_url": reverse("theses:list"), "figures": figures}


def searchable_topics(user: Reader) -> Any:
    return Topic.objects.visible_to(user).exclude(stage__in=sorted(UNPUBLISHED))


def searchable_people(user: Reader) -> Any:
    """Who has opened a profile to this reader."""
    rows = SupervisorProfile.objects.visible_to(user).filter(is_open=True)
    return rows.select_related("user")


def thesis_parties(user: Reader) -> list[tuple[int, int]]:
    """The commissioner and the supervisor's school of each finished thesis."""
    school = "supervisor__supervisor_profile__institution"
    rows = Thesis.objects.visible_to(user).finished().order_by()
    found = rows.values_list("pk", "application__topic__organisation", school)
    return [(pk, party) for pk, *parties in found for party in parties if party]


def searchable_theses(user: Reader) -> Any:
    rows = Thesis.objects.visible_to(user).finished()
    return rows.select_related(*finished_list.RELATED, "application__student")


TOPICS = Content(
    "topics", 60, _("Thesis topics"), Topic,
    reports=(Report("theses", reports.of_project, reports.of_cluster),),
    expected="theses",
    knot=knots.TOPIC, ties=knots.TOPIC_TIES,
    counts=(counts.TOPICS,),
    came_from=thread.links_of_topic,
    came_of=(
        Origin("topics-of-needs", Need, thread.topics_by("need")),
        Origin("topics", Challenge, thread.topics_by("challenge")),
        Origin("topics", Project, thread.topics_by("project")),
        Origin("topics", Measure, thread.topics_by("measure"), move_measure),
    ),
    starts=(
        Start("topic", Need, _("Make this a thesis topic"), thread.topic_of_need),
        Start("topic-of-challenge", Challenge, _("Make this a thesis topic"),
              thread.topic_of_challenge),
    ),
    navigation=(Destination("theses", _("Theses"), "theses:list"),),
    lists=(topic_list.TOPICS,),
    figures=(
        Figure("topics", _("Open thesis topics"),
               lambda user: Topic.objects.visible_to(user).open(), "theses:list"),
    ),
    search=(Found("topics", _("Thesis topics"), searchable_topics),),
    front=(FrontSection("topics", newest, "theses/_front.html"),),
    organisation=(
        OrganisationSection(
            "topics", _("Thesis topics"), organisation.topics, "theses/_organisation_topics.html"
        ),
    ),
    desk=(
        Card("theses-review", _("Topics to review"), topic_desk.to_review, urgent=True),
        Card("theses-returned", _("Topics returned for changes"), topic_desk.to_revise,
             urgent=True),
        Card("theses-suggestions", _("Topics for you"), topic_desk.suggests,
             "theses/_suggestion_desk.html"),
        Card("theses-offered", _("Thesis topics that we offer"), topic_desk.my_topics,
             order=62),
        Card("theses-ideas", _("My own thesis ideas"), topic_desk.my_ideas, order=62),
        Card("theses-first", _("Theses"), topic_desk.first_steps, order=63,
             among=topic_desk.newcomers),
    ),
    deadlines=(Deadlines("topics", topic_desk.closing),),
    following=(
        Following("topics", _("Thesis topics"), searchable_topics, Topic.get_stage_display,
                  {"moved": _("The thesis topic has moved on.")}),
    ),
    digest=digest.TOPICS,
    queues=(
        Queue("topics", queues.in_review, days=7),
        Queue("theses-without-student", queues.without_student, order=62),
    ),
    exports=(
        PersonalData("thesis-topics", _("Thesis topics"), exports.topics),
        PersonalData("thesis-dismissals", _("Thesis topics that are not for me"),
                     exports.dismissals, order=63),
    ),
    erasure=(
        # First of all types: what waits is answered while the account still is what it was.
        Erasure("theses", _("Theses"), erasure.effects, erasure.erase, erasure.blockers,
                erasure.forget, order=10),
    ),
    chores=(
        Chore("topics", expire_overdue),
        Chore("topics-ending", renewals.remind_of_expiry),
    ),
    demo=(Demo("theses", demo.load), Demo("theses-parties", demo_topics.load, order=62)),
)  # fmt: skip

APPLICATIONS = Content(
    "thesis-applications", 60, _("Thesis applications"),
    desk=(
        Card("theses-answers", _("Applications to answer"), application_desk.waiting_for_me,
             urgent=True),
        Card("theses-picks", _("Interview times to pick"), application_desk.to_pick,
             urgent=True),
        Card("theses-approaches", _("Offers and invitations to answer"),
             application_desk.approaches_to_answer, urgent=True,
             among=application_desk.approaches_waiting),
        Card("theses-applied", _("My thesis applications"), application_desk.my_applications),
    ),
    deadlines=(Deadlines("thesis-interviews", application_desk.interviews, is_own=True),),
    queues=(
        Queue("thesis-applications", queues.unanswered, days=14, order=61),
        Queue("theses-approaches", queues.unanswered_approaches, days=14, order=65),
    ),
    exports=(
        PersonalData("thesis-applications", _("Thesis applications"), exports.applications),
        PersonalData("thesis-approaches", _("Offers and invitations about thesis topics"),
                     exports.approaches, order=61),
    ),
    chores=(
        Chore("approaches", approaches.expire_unanswered),
        Chore("thesis-application-reminders", application_rounds.remind_by_day),
        Chore("thesis-applications-unanswered", application_rounds.close_unanswered),
        Chore("thesis-applications-elsewhere", application_rounds.step_back_elsewhere),
        Chore("thesis-applications-old", application_rounds.forget_old),
        Chore("thesis-files", application_rounds.sweep_files),
    ),
)  # fmt: skip

PEOPLE = Content(
    "people", 62, _("Supervisors"), SupervisorProfile,
    interests=(interests.INTERESTS,),
    search=(Found("people", _("Supervisors"), searchable_people),),
    exports=(
        PersonalData("student-profile", _("Student profile"), exports.student_profile, order=61),
        PersonalData("supervisor-profile", _("Supervisor profile"), exports.supervisor_profile,
                     order=61),
    ),
    demo=(Demo("profiles", demo_profiles.load, order=61),),
)  # fmt: skip

THESES = Content(
    "theses", 61, _("Finished theses"), Thesis,
    expected="theses", tagging=interests.TAGGING,
    knot=knots.THESIS, ties=knots.THESIS_TIES,
    starts=(Start("result-of-thesis", Thesis, _("Tell a result"), thread.result_of_thesis),),
    sources=(
        Source("results", Result, "thesis", thread.told_thesis, thread.first_words, tie_result),
    ),
    counts=(counts.THESES,),
    answers=(answers.FINISHED,),
    search=(Found("theses", _("Finished theses"), searchable_theses),),
    figures=(
        Figure("theses", _("Finished theses"), searchable_theses, "theses:finished"),
    ),
    yearly=(Yearly("theses", _("Theses finished"), searchable_theses, "finished_on"),),
    cooperation=(Cooperation("theses", _("finished theses"), thesis_parties),),
    organisation=(
        OrganisationSection("theses", _("Finished theses"), organisation.theses),
    ),
    desk=(
        Card("theses-supervising", _("Requests to supervise"), work_desk.to_answer,
             urgent=True, order=60, among=work_desk.asked_of),
        Card("theses-turns", _("Your turn in a thesis"), work_desk.my_turns, urgent=True,
             order=60),
        Card("theses-stuck", _("Theses that are stuck"), work_desk.red_lights, order=60),
        Card("theses-mine", _("My theses"), work_desk.my_theses, order=60),
    ),
    digest=digest.THESES,
    following=(
        Following("theses", _("Finished theses"), searchable_theses, Thesis.get_usage_display,
                  {"usage": _("It was told what became of the result.")}),
    ),
    queues=(
        Queue("theses-without-supervisor", queues.without_supervisor, order=63),
        Queue("theses-red-lights", queues.red_lights, order=64),
    ),
    exports=(
        PersonalData("theses", _("Theses"), exports.theses, order=62),
        PersonalData("thesis-lights", _("Reports of progress"), exports.progress_reports,
                     order=62),
        PersonalData("supervision", _("Requests to supervise"), exports.supervision, order=62),
    ),
    chores=(
        Chore("supervision", supervision.run_hourly, order=60),
        Chore("supervision-leavers", leavers.tell_of_leavers, order=60),
        Chore("theses", works.run_hourly, order=60),
    ),
    demo=(Demo("theses-works", demo_works.load, order=63),),
)  # fmt: skip

TYPES = (TOPICS, APPLICATIONS, PEOPLE, THESES)
