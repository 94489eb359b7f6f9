from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ORDER = 60
ROWS = "theses/_topic_rows.html"


class ThesesConfig(AppConfig):
    name = "theses"
    verbose_name = _("Theses")

    def ready(self) -> None:
        from theses import kinds, receivers, sign_in

        kinds.register()
        sign_in.register()
        receivers.register()
        _register_pages()
        _register_desk()
        _register_applications()
        _register_digest()
        _register_saved_searches()
        _register_rounds()
        _register_parties()
        _register_profiles()
        _register_works()
        _register_erasure()
        _register_suggestions()
        _register_demo()
        _register_boards()


def _register_pages() -> None:
    from cluster_portal.core import registries as floor
    from theses import content
    from theses.desk import topics
    from theses.pages import organisation

    theses = _("Theses")
    floor.navigation.register(floor.Destination("theses", ORDER, theses, "theses:list"))
    floor.search_kinds.register(
        floor.SearchKind("topics", ORDER, _("Thesis topics"), content.searchable_topics)
    )
    floor.search_kinds.register(
        floor.SearchKind("people", ORDER + 2, _("Supervisors"), content.searchable_people)
    )
    floor.front_sections.register(
        floor.FrontSection("topics", ORDER, content.newest, "theses/_front.html")
    )
    floor.organisation_sections.register(
        floor.OrganisationSection(
            "topics",
            ORDER,
            _("Thesis topics"),
            organisation.topics,
            "theses/_organisation_topics.html",
        )
    )
    floor.deadlines.register(floor.DeadlineSource("topics", ORDER, topics.closing))


def _register_desk() -> None:
    from cluster_portal.core import registries as floor
    from theses import exports
    from theses.desk import topics

    lines = "theses/_application_rows.html"
    for key, order, label, rows, urgent in (
        ("review", ORDER, _("Topics to review"), topics.to_review, True),
        ("returned", ORDER, _("Topics returned for changes"), topics.to_revise, True),
        ("first", ORDER + 3, _("Theses"), topics.first_steps, False),
    ):
        floor.desk_cards.register(
            floor.DeskCard(f"theses-{key}", order, label, rows, lines, urgent)
        )
    for key, label, rows in (
        ("offered", _("Thesis topics that we offer"), topics.my_topics),
        ("ideas", _("My own thesis ideas"), topics.my_ideas),
    ):
        floor.desk_cards.register(floor.DeskCard(f"theses-{key}", ORDER + 2, label, rows, ROWS))
    floor.personal_data.register(
        floor.PersonalData("thesis-topics", ORDER, _("Thesis topics"), exports.topics)
    )


def _register_applications() -> None:
    from cluster_portal.core import registries as floor
    from theses import exports
    from theses.desk import applications, queues
    from theses.services import application_rounds as rounds

    template = "theses/_application_rows.html"
    for key, label, rows, urgent in (
        ("answers", _("Applications to answer"), applications.waiting_for_me, True),
        ("picks", _("Interview times to pick"), applications.to_pick, True),
        ("applied", _("My thesis applications"), applications.my_applications, False),
    ):
        floor.desk_cards.register(
            floor.DeskCard(f"theses-{key}", ORDER, label, rows, template, urgent)
        )
    export, label = exports.applications, _("Thesis applications")
    floor.personal_data.register(floor.PersonalData("thesis-applications", ORDER, label, export))
    floor.deadlines.register(
        floor.DeadlineSource("thesis-interviews", ORDER, applications.interviews)
    )
    floor.queues.register(floor.Queue("thesis-applications", ORDER + 1, queues.unanswered))
    for key, run in (
        ("thesis-application-reminders", rounds.remind_by_day),
        ("thesis-applications-unanswered", rounds.close_unanswered),
        ("thesis-applications-elsewhere", rounds.step_back_elsewhere),
        ("thesis-applications-old", rounds.forget_old),
        ("thesis-files", rounds.sweep_files),
    ):
        floor.chores.register(floor.Chore(key, ORDER, run))


def _register_digest() -> None:
    from cluster_portal.notifications.digests import Section, sections
    from theses import digest

    sections.register(
        Section(
            "topics",
            _("New thesis topics"),
            digest.new_topics,
            order=ORDER,
            per_audience=True,
        )
    )
    sections.register(
        Section(
            "topics-closing",
            _("Thesis topics closing soon"),
            digest.closing_topics,
            order=ORDER + 1,
            per_audience=True,
            template="theses/_digest_closing.txt",
            day="closes_on",
        )
    )


def _register_saved_searches() -> None:
    from cluster_portal.core.lists import lists
    from theses.pages.topic_list import TOPICS

    lists.register(TOPICS)


def _register_rounds() -> None:
    from cluster_portal.core import registries as floor
    from theses import demo
    from theses.desk import queues
    from theses.services.topics import expire_overdue

    floor.queues.register(floor.Queue("topics", ORDER, queues.in_review))
    floor.chores.register(floor.Chore("topics", ORDER, expire_overdue))
    floor.demo_loaders.register(floor.DemoLoader("theses", ORDER, demo.load))


def _register_profiles() -> None:
    from cluster_portal.core import registries as floor
    from theses import exports
    from theses.demo import profiles as demo_profiles

    floor.demo_loaders.register(floor.DemoLoader("profiles", ORDER + 1, demo_profiles.load))
    for key, label, export in (
        ("student-profile", _("Student profile"), exports.student_profile),
        ("supervisor-profile", _("Supervisor profile"), exports.supervisor_profile),
    ):
        floor.personal_data.register(floor.PersonalData(key, ORDER + 1, label, export))


def _register_parties() -> None:
    """Approaches between the parties, renewal, and what hangs on a project."""
    from cluster_portal.core import registries as floor
    from projects import thread as projects_thread
    from theses import exports, topic_thread
    from theses.desk import approaches as desk
    from theses.services import approaches, renewals, thread_links

    label, rows = _("Offers and invitations to answer"), desk.waiting_for_me
    card = floor.DeskCard(
        "theses-approaches", ORDER, label, rows, "theses/_application_rows.html", urgent=True
    )
    floor.desk_cards.register(card)
    export = exports.approaches
    label = _("Offers and invitations about thesis topics")
    floor.personal_data.register(floor.PersonalData("thesis-approaches", ORDER + 1, label, export))
    floor.chores.register(floor.Chore("topics-ending", ORDER, renewals.remind_of_expiry))
    floor.chores.register(floor.Chore("approaches", ORDER, approaches.expire_unanswered))
    source = projects_thread.ThreadSource(
        "topics", ORDER, topic_thread.links, thread_links.move_measure
    )
    projects_thread.sources.register(source)


def _register_demo() -> None:
    """After topics and profiles."""
    from cluster_portal.core import registries as floor
    from theses.demo import topics as demo_topics
    from theses.demo import works as demo_works

    floor.demo_loaders.register(floor.DemoLoader("theses-parties", ORDER + 2, demo_topics.load))
    floor.demo_loaders.register(floor.DemoLoader("theses-works", ORDER + 3, demo_works.load))


def _register_works() -> None:
    """Supervision, theses under way and finished ones."""
    from cluster_portal.core import registries as floor
    from cluster_portal.notifications.digests import Section, sections
    from theses import content, digest, exports
    from theses.desk import works
    from theses.pages import organisation
    from theses.services import supervision_rounds, work_rounds

    finished, lines = _("Finished theses"), "theses/_application_rows.html"
    for key, label, rows, urgent in (
        ("supervising", _("Requests to supervise"), works.to_answer, True),
        ("turns", _("Your turn in a thesis"), works.my_turns, True),
        ("stuck", _("Theses that are stuck"), works.red_lights, False),
        ("mine", _("My theses"), works.my_theses, False),
    ):
        card = floor.DeskCard(f"theses-{key}", ORDER, label, rows, lines, urgent)
        floor.desk_cards.register(card)
    floor.search_kinds.register(
        floor.SearchKind("theses", ORDER + 1, finished, content.searchable_theses)
    )
    floor.organisation_sections.register(
        floor.OrganisationSection("theses", ORDER + 1, finished, organisation.theses, ROWS)
    )
    for key, label, export in (
        ("theses", _("Theses"), exports.theses),
        ("thesis-lights", _("Reports of progress"), exports.progress_reports),
        ("supervision", _("Requests to supervise"), exports.supervision),
    ):
        floor.personal_data.register(floor.PersonalData(key, ORDER + 2, label, export))
    floor.chores.register(floor.Chore("supervision", ORDER, supervision_rounds.run))
    floor.chores.register(floor.Chore("theses", ORDER, work_rounds.run))
    newly, key = digest.newly_finished, "finished-theses"
    sections.register(Section(key, finished, newly, order=ORDER + 2, per_audience=True))


def _register_suggestions() -> None:
    from cluster_portal.core import registries as floor
    from cluster_portal.notifications.digests import Section, sections
    from theses import digest, exports
    from theses.desk import topics

    label, template = _("Topics for you"), "theses/_suggestion_desk.html"
    floor.desk_cards.register(
        floor.DeskCard("theses-suggestions", ORDER, label, topics.suggests, template)
    )
    key, export = "thesis-dismissals", exports.dismissals
    floor.personal_data.register(
        floor.PersonalData(key, ORDER + 3, _("Thesis topics that are not for me"), export)
    )
    sections.register(
        Section(
            "topics-for-you",
            _("Topics that fit you"),
            digest.topics_for,
            order=ORDER - 1,
            for_many=digest.topics_for_many,
            template="theses/_digest_suggestion.txt",
        )
    )


def _register_erasure() -> None:
    """First of all: what waits is answered while she still is who she was."""
    from cluster_portal.core import registries as floor
    from theses import erasure

    floor.erasures.register(
        floor.Erasure(
            "theses",
            10,
            _("Theses"),
            erasure.blockers,
            erasure.effects,
            erasure.erase,
            erasure.forget,
        )
    )


def _register_boards() -> None:
    """The coordinators' boards and statistics, and what waits in the matching."""
    from cluster_portal.core import registries as floor
    from theses.desk import queues
    from theses.views import boards, statistics

    for key, path, view, label in (
        ("theses_boards", "", boards.overview, _("Boards of the matching")),
        ("theses_board", "<slug:board>/", boards.board, ""),
        ("theses_introduce", "<slug:board>/<int:pk>/introduce/", boards.introduction, ""),
    ):
        floor.admin_pages.register(
            floor.AdminPage(key, ORDER, f"theses/boards/{path}", view, label)
        )
    for key, path, view, label in (
        ("theses_statistics", "", statistics.overview, _("Statistics of theses")),
        ("theses_statistics_csv", "csv/", statistics.as_csv, ""),
    ):
        floor.admin_pages.register(
            floor.AdminPage(key, ORDER, f"theses/statistics/{path}", view, label)
        )
    for number, (key, state) in enumerate((
        ("without-student", queues.without_student),
        ("without-supervisor", queues.without_supervisor),
        ("red-lights", queues.red_lights),
        ("approaches", queues.unanswered_approaches),
    )):  # fmt: skip
        floor.queues.register(floor.Queue(f"theses-{key}", ORDER + 2 + number, state))
