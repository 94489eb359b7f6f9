"""The content type of the events app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    ClusterSection,
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
from cluster_portal.core.origin import Origin, Start
from cluster_portal.core.reporting import Report
from events import demo, desk, digest, erasure, exports
from events.models import (
    Body,
    BodyMember,
    Course,
    Decision,
    Event,
    Idea,
    Meeting,
    OneToOne,
    Registration,
    Statement,
)
from events.pages import (
    bodies,
    counts,
    courses,
    decisions,
    event_list,
    forums,
    ideas,
    knots,
    letters,
    meetings,
    one_to_one,
    reports,
    thread,
    words,
)
from events.services import course_groups, materials, meeting_papers, offers, places, rounds
from events.services import courses as course_services
from events.services import one_to_one as one_to_one_services
from events.services.decisions import remind as remind_of_decisions
from events.services.registrations import claims_of
from events.services.statements import to_sign
from members.models import Affiliation, Need
from projects.models import Challenge, Measure, Programme, Project, Result

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cluster_portal.core.visibility import Reader
    from members.models import Organisation


def on_front(user: Reader) -> dict[str, Any] | None:
    events = list(_coming(user)[:3])
    return {"events": events} if events else None


def of_organisation(organisation: Organisation, user: Reader) -> list[Event]:
    return list(_coming(user).filter(organisation=organisation)[:6])


def registrations_by_organisation(user: Reader) -> list[tuple[int, int]]:
    """The organiser of each event, and those whose people came along and let it be told."""
    events = Event.objects.visible_to(user).filter(ends_at__lt=timezone.now()).order_by()
    hosts = events.exclude(organisation=None).values_list("pk", "organisation")
    people = Registration.objects.filter(event__in=events.values("pk"), is_listed=True).holding()
    places = Affiliation.objects.confirmed().filter(user__registrations__in=people.values("pk"))
    return [*hosts, *places.values_list("user__registrations__event", "organisation")]


def _coming(user: Reader) -> QuerySet[Event]:
    return Event.objects.visible_to(user).coming()


def statements_found(user: Reader) -> QuerySet[Statement]:
    return Statement.objects.visible_to(user).select_related("body")


EVENTS = Content(
    "events", 20, _("Events"), Event,
    expected="learning",
    counts=(counts.EVENTS, counts.ATTENDANCE),
    reports=(Report("events", reports.of_project, reports.of_cluster),),
    knot=knots.EVENT, ties=knots.TIES,
    came_from=thread.sources_of,
    came_of=(
        Origin("events", Challenge, thread.events_by("from_challenge")),
        Origin("events-of-projects", Project, thread.events_by("from_project")),
        Origin("events-of-measures", Measure, thread.events_by("measures"), thread.move_events),
    ),
    starts=(
        Start("event", Challenge, _("Plan an event"), thread.event_of_challenge),
        Start("event-of-project", Project, _("Plan an event"), thread.event_of_project),
    ),
    navigation=(Destination("events", _("Events"), "events:list"),),
    lists=(event_list.EVENTS,),
    search=(Found("events", _("Events"), Event.objects.visible_to, order=50),),
    front=(FrontSection("events", on_front, "events/_front_events.html"),),
    organisation=(
        OrganisationSection(
            "events", _("Events"), of_organisation, "events/_organisation_events.html", order=40
        ),
    ),
    deadlines=(Deadlines("events", desk.closing),),
    letters=letters.AUDIENCES,
    digest=digest.EVENTS,
    following=(
        Following(
            "events", _("Events"), Event.objects.visible_to, words.when_or_over,
            {
                "changed": _("The event has a new time or place."),
                "cancelled": _("The event has been cancelled."),
                "afterwards": _("There is something new on the page of a past event."),
            },
            moment="starts_at", moment_label=_("You follow it"),
        ),
    ),
    figures=(Figure("events", _("Coming events"), _coming, "events:list"),),
    yearly=(Yearly("events", _("Events held"), Event.objects.visible_to, "starts_at"),),
    cooperation=(
        Cooperation("events", _("events"), registrations_by_organisation, is_named=False),
    ),
    desk=(
        Card("event-applications", _("Registrations to accept"), desk.applications, order=7,
             among=desk.waiting_events),
        Card("events-held", _("We hold today or tomorrow"), desk.held_soon, urgent=True, order=6,
             among=desk.waiting_events),
        Card("event-proposals", _("Events that we propose"), desk.my_proposals, order=31,
             among=desk.waiting_events),
    ),
    exports=(
        PersonalData("event-proposals", _("Events that I have proposed"), exports.proposals,
                     order=51),
    ),
    queues=(Queue("events_to_publish", desk.to_publish, days=7, order=60),),
    demo=(Demo("events", demo.load, order=50),
          Demo("event-proposals", demo.load_proposals, order=69),
          Demo("talks", demo.load_talks, order=98)),
)  # fmt: skip

REGISTRATIONS = Content(
    "registrations", 20, _("Registrations"),
    desk=(
        Card(
            "registration_claims", _("Is this your registration?"), desk.claims,
            "events/_desk_claims.html", urgent=True, order=5, among=claims_of,
        ),
        Card(
            "registrations", _("My registrations"), desk.my_registrations,
            "events/_desk_registrations.html", order=30,
        ),
    ),
    exports=(
        PersonalData("registrations", _("Registrations"), exports.registrations, order=50),
        PersonalData("calendar", _("The address of my calendar"), exports.calendar_feed, order=51),
    ),
    erasure=(
        Erasure(
            "registrations", _("Registrations"), erasure.effects, erasure.erase,
            erasure.blockers, erasure.forget,
        ),
    ),
    chores=(
        Chore("events_forget_needs", rounds.forget_needs, order=50),
        Chore("events_let_go_quotas", places.let_go_quotas, order=45),
        Chore("events_expire_offers", offers.expire_offers, order=46),
        Chore("events_offer_places", offers.offer_free_places, order=47),
        Chore("events_warn_of_offers", offers.warn_of_offers, order=48),
        Chore("events_drop_requests", rounds.drop_requests, order=51),
        Chore("events_remind", rounds.remind, order=52),
        Chore("events_tell_certificates", rounds.tell_certificates, order=52),
        Chore("events_forget", rounds.forget_registrations, order=53),
        Chore("event-materials", materials.sweep_files, order=54),
    ),
)  # fmt: skip

BODIES = Content(
    "bodies", 22, _("Bodies"), Body,
    letters=letters.BODY_AUDIENCES,
    lists=(bodies.BODIES,),
    search=(Found("bodies", _("Bodies"), Body.objects.visible_to, order=52),),
    clusters=(ClusterSection("bodies", _("Bodies"), bodies.of_cluster),),
    desk=(
        Card("bodies", _("Bodies that I sit in"), bodies.mine, order=29),
        Card("statements", _("Joint statements to sign"), forums.on_desk, urgent=True, order=7,
             among=to_sign),
        Card("seat_claims", _("Is this your seat?"), bodies.claims, "events/_desk_seats.html",
             urgent=True, order=5, among=BodyMember.objects.claimable_by),
    ),
    exports=(PersonalData("body-seats", _("Seats in bodies"), exports.body_seats, order=52),),
    erasure=(
        Erasure(
            "body-seats", _("Seats in bodies"), erasure.seat_effects, erasure.erase_seats,
            forget=erasure.forget_seats,
        ),
    ),
    demo=(
        Demo("bodies", demo.load_bodies, order=95),
        Demo("meetings", demo.load_meetings, order=96),
    ),
)  # fmt: skip

MEETINGS = Content(
    "meetings", 23, _("Meetings"), Meeting,
    came_of=(
        Origin("meetings-of-projects", Project, meetings.by("about_project")),
        Origin("meetings-of-programmes", Programme, meetings.by("about_programme")),
        Origin("meetings-of-challenges", Challenge, meetings.by("about_challenge")),
    ),
    desk=(
        Card("minutes-to-approve", _("Minutes that wait for my approval"), meetings.to_approve,
             urgent=True, order=6, among=meetings.in_review),
        Card("meetings", _("Meetings that I am invited to"), meetings.coming, order=28),
    ),
    deadlines=(Deadlines("meetings", meetings.deadlines),),
    chores=(Chore("meetings_files", meeting_papers.sweep_files, order=54),),
    exports=(PersonalData("meetings", _("Meetings"), exports.meetings, order=53),),
)  # fmt: skip

DECISIONS = Content(
    "decisions", 24, _("Decisions of bodies"), Decision,
    lists=(decisions.DECISIONS,),
    search=(
        Found("decisions", _("Decisions of bodies"), decisions.found, order=53),
        Found("statements", _("Joint statements"), statements_found, order=54),
    ),
    came_of=(Origin("decisions", Result, decisions.by_result),),
    desk=(Card("decisions", _("What I have promised"), decisions.mine, urgent=True, order=7),),
    deadlines=(Deadlines("decisions", decisions.deadlines, is_own=True),),
    chores=(Chore("decisions_remind", remind_of_decisions, order=55),),
    exports=(
        PersonalData("decisions", _("Decisions of bodies"), exports.decisions, order=54),
    ),
    erasure=(
        Erasure(
            "decisions", _("Decisions of bodies"), erasure.decision_effects,
            erasure.erase_decisions, forget=erasure.forget_decisions,
        ),
    ),
)  # fmt: skip

IDEAS = Content(
    "event-ideas", 21, _("Ideas of events"), Idea,
    knot=ideas.IDEA, ties=ideas.ties(),
    queues=(Queue("ideas_to_read", desk.to_read, days=2, order=61),),
    exports=(
        PersonalData("event-ideas", _("Ideas that I have brought up"), exports.ideas, order=52),
    ),
)  # fmt: skip

ONE_TO_ONE = Content(
    "one-to-one", 25, _("Meetings of two"), OneToOne,
    ties=one_to_one.TIES,
    starts=(Start("one-to-one", Need, _("Propose a meeting of two"), one_to_one.of_need),),
    organisation=(
        OrganisationSection(
            "one-to-one", _("Meet each other"), one_to_one.of_organisation, order=90
        ),
    ),
    desk=(
        Card("one-to-one", _("Meetings of two that wait for me"), one_to_one.on_desk,
             urgent=True, order=8, among=one_to_one.waiting),
        Card("meet-each-other", _("Meet each other"), one_to_one.rest_on_desk, order=33,
             among=one_to_one.to_meet),
    ),
    deadlines=(Deadlines("one-to-one", one_to_one.coming),),
    chores=(
        Chore("one_to_one_expire", one_to_one_services.expire, order=56),
        Chore("one_to_one_remind", one_to_one_services.remind, order=57),
    ),
    exports=(PersonalData("one-to-one", _("Meetings of two"), exports.one_to_one, order=55),),
    erasure=(
        Erasure(
            "one-to-one", _("Meetings of two"), erasure.one_to_one_effects,
            erasure.erase_one_to_one, forget=erasure.forget_one_to_one,
        ),
    ),
)  # fmt: skip

COURSES = Content(
    "courses", 26, _("Courses"), Course,
    lists=(courses.COURSES,),
    search=(Found("courses", _("Courses"), Course.objects.visible_to, order=51),),
    desk=(
        Card("courses", _("Courses that I take part in"), courses.mine, order=32,
             among=courses.attended),
        Card("courses-held", _("Courses that we hold"), courses.ours, order=31,
             among=courses.trained),
    ),
    queues=(Queue("courses_to_publish", desk.courses_to_publish, days=7, order=62),),
    chores=(
        Chore("course_outputs", course_groups.sweep_files, order=58),
        Chore("courses_follow_up", course_services.follow_up, order=59),
    ),
    exports=(PersonalData("courses", _("Courses"), exports.courses, order=56),),
    erasure=(
        Erasure(
            "courses", _("Courses"), erasure.course_effects, erasure.erase_courses,
            forget=erasure.forget_courses,
        ),
    ),
    demo=(Demo("courses", demo.load_courses, order=97),),
)  # fmt: skip

TYPES = (EVENTS, REGISTRATIONS, BODIES, MEETINGS, DECISIONS, IDEAS, ONE_TO_ONE, COURSES)
