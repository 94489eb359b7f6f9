from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PROJECTS, CHALLENGES, PROGRAMME = 50, 40, 70
ROWS = "projects/_rows.html"


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Projects")

    def ready(self) -> None:
        from projects import kinds, sign_in

        kinds.register()
        sign_in.register()
        _register_pages()
        _register_front()
        _register_desk()
        _register_digest()
        _register_rounds()
        _register_saved_searches()


def _register_pages() -> None:
    from cluster_portal.core import registries as floor
    from projects import content

    for key, order, label, url_name in (
        ("projects", PROJECTS, _("Projects"), "projects:list"),
        ("challenges", CHALLENGES, _("Challenges"), "projects:challenges"),
        ("programme", PROGRAMME, _("Action programme"), "projects:programme"),
    ):
        floor.navigation.register(floor.Destination(key, order, label, url_name))
    searched: list[Any] = [
        ("projects", PROJECTS, _("Projects"), content.searchable_projects),
        ("challenges", CHALLENGES, _("Challenges"), content.searchable_challenges),
        (
            "measures", PROGRAMME, _("Measures of the action programme"),
            content.searchable_measures, False,
        ),
    ]  # fmt: skip
    for entry in searched:
        floor.search_kinds.register(floor.SearchKind(*entry))
    sections: list[Any] = [
        ("projects", PROJECTS, _("Projects"), content.of_organisation, ROWS),
        ("challenges", CHALLENGES, _("Challenges"), content.challenges_of_organisation, ROWS),
    ]
    for entry in sections:
        floor.organisation_sections.register(floor.OrganisationSection(*entry))


def _register_front() -> None:
    from cluster_portal.core import registries as floor
    from projects import content, desk

    floor.front_sections.register(
        floor.FrontSection(
            "challenges", CHALLENGES, content.open_challenges, "projects/_front_challenges.html"
        )
    )
    floor.front_sections.register(
        floor.FrontSection(
            "programme", PROGRAMME, content.progress, "projects/_front_programme.html"
        )
    )
    floor.deadlines.register(floor.DeadlineSource("challenges", CHALLENGES, desk.coming_deadlines))


def _register_desk() -> None:
    from cluster_portal.core import registries as floor
    from projects import desk, erasure, exports

    cards: list[Any] = [
        ("decide", _("Challenges to decide"), desk.challenges_to_decide, True),
        ("projects", _("Projects of my organisation"), desk.my_projects, False),
        ("challenges", _("Challenges of my organisation"), desk.my_challenges, False),
        ("measures", _("Measures of my organisation"), desk.my_measures, False),
    ]
    for place, (key, label, rows, urgent) in enumerate(cards):
        card = floor.DeskCard(f"projects-{key}", PROJECTS + place, label, rows, ROWS, urgent)
        floor.desk_cards.register(card)
    floor.personal_data.register(
        floor.PersonalData(
            "challenges", CHALLENGES, _("Challenges with me as contact"), exports.named_in
        )
    )
    floor.personal_data.register(
        floor.PersonalData(
            "comment-rounds", PROGRAMME, _("Comment rounds of action programmes"),
            exports.comment_rounds,
        )
    )  # fmt: skip
    floor.erasures.register(
        floor.Erasure(
            "challenges",
            CHALLENGES,
            _("Challenges"),
            erasure.blockers,
            erasure.effects,
            erasure.erase,
        )
    )


def _register_digest() -> None:
    from cluster_portal.notifications.digests import Section, sections
    from projects import digest

    closing = "projects/_digest_closing.txt"
    entries: list[Any] = [
        ("new-projects", _("New projects"), digest.new_projects, PROJECTS, ""),
        ("new-challenges", _("New challenges"), digest.new_challenges, CHALLENGES, ""),
        (
            "closing-challenges", _("Challenges that close soon"), digest.closing_challenges,
            CHALLENGES + 1, closing,
        ),
    ]  # fmt: skip
    for key, label, items, order, template in entries:
        day = "closes_at" if template == closing else ""
        sections.register(
            Section(key, label, items, order, per_audience=True, template=template, day=day)
        )


def _register_rounds() -> None:
    from cluster_portal.core import registries as floor
    from projects import demo, desk
    from projects.services.challenges import close_overdue
    from projects.services.programmes import delay_overdue

    floor.chores.register(floor.Chore("close-challenges", CHALLENGES, close_overdue))
    floor.chores.register(floor.Chore("delay-measures", PROGRAMME, delay_overdue))
    for key, order, state in (
        ("challenges-to-review", CHALLENGES, desk.to_review),
        ("challenges-to-decide", CHALLENGES + 1, desk.to_decide),
        ("late-measures", PROGRAMME, desk.late_measures),
    ):
        floor.queues.register(floor.Queue(key, order, state))
    floor.demo_loaders.register(floor.DemoLoader("projects", PROJECTS, demo.load))


def _register_saved_searches() -> None:
    from cluster_portal.core.lists import lists
    from projects.pages.lists import CHALLENGES as CHALLENGE_LIST
    from projects.pages.lists import PROJECTS as PROJECT_LIST

    lists.register(PROJECT_LIST)
    lists.register(CHALLENGE_LIST)
