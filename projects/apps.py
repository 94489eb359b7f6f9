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
    from projects import elsewhere

    for key, order, label, url_name in (
        ("projects", PROJECTS, _("Projects"), "projects:list"),
        ("challenges", CHALLENGES, _("Challenges"), "projects:challenges"),
        ("programme", PROGRAMME, _("Action programme"), "projects:programme"),
    ):
        floor.navigation.register(floor.Destination(key, order, label, url_name))
    searched: list[Any] = [
        ("projects", PROJECTS, _("Projects"), elsewhere.searchable_projects),
        ("challenges", CHALLENGES, _("Challenges"), elsewhere.searchable_challenges),
        (
            "measures", PROGRAMME, _("Measures of the action programme"),
            elsewhere.searchable_measures, False,
        ),
    ]  # fmt: skip
    for entry in searched:
        floor.search_kinds.register(floor.SearchKind(*entry))
    sections: list[Any] = [
        ("projects", PROJECTS, _("Projects"), elsewhere.of_organisation, ROWS),
        ("challenges", CHALLENGES, _("Challenges"), elsewhere.challenges_of_organisation, ROWS),
    ]
    for entry in sections:
        floor.organisation_sections.register(floor.OrganisationSection(*entry))


def _register_front() -> None:
    from cluster_portal.core import registries as floor
    from projects import elsewhere

    floor.front_sections.register(
        floor.FrontSection(
            "challenges", CHALLENGES, elsewhere.open_challenges, "projects/_front_challenges.html"
        )
    )
    floor.front_sections.register(
        floor.FrontSection(
            "programme", PROGRAMME, elsewhere.progress, "projects/_front_programme.html"
        )
    )
    floor.deadlines.register(
        floor.DeadlineSource("challenges", CHALLENGES, elsewhere.coming_deadlines)
    )


def _register_desk() -> None:
    from cluster_portal.core import registries as floor
    from projects import elsewhere
    from projects.services import leaving

    cards: list[Any] = [
        ("decide", _("Challenges to decide"), elsewhere.challenges_to_decide, True),
        ("projects", _("Projects of my organisation"), elsewhere.my_projects, False),
        ("challenges", _("Challenges of my organisation"), elsewhere.my_challenges, False),
        ("measures", _("Measures of my organisation"), elsewhere.my_measures, False),
    ]
    for place, (key, label, rows, urgent) in enumerate(cards):
        card = floor.DeskCard(f"projects-{key}", PROJECTS + place, label, rows, ROWS, urgent)
        floor.desk_cards.register(card)
    floor.personal_data.register(
        floor.PersonalData(
            "challenges", CHALLENGES, _("Challenges with me as contact"), elsewhere.named_in
        )
    )
    floor.personal_data.register(
        floor.PersonalData(
            "comment-rounds", PROGRAMME, _("Comment rounds of action programmes"),
            elsewhere.comment_rounds,
        )
    )  # fmt: skip
    floor.erasures.register(
        floor.Erasure(
            "challenges",
            CHALLENGES,
            _("Challenges"),
            leaving.blockers,
            leaving.effects,
            leaving.erase,
        )
    )


def _register_digest() -> None:
    from cluster_portal.notifications.digests import Section, sections
    from projects import elsewhere

    closing = "projects/_digest_closing.txt"
    entries: list[Any] = [
        ("new-projects", _("New projects"), elsewhere.new_projects, PROJECTS, ""),
        ("new-challenges", _("New challenges"), elsewhere.new_challenges, CHALLENGES, ""),
        (
            "closing-challenges", _("Challenges that close soon"), elsewhere.closing_challenges,
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
    from projects import demo, elsewhere
    from projects.services.challenges import close_overdue
    from projects.services.programmes import delay_overdue

    floor.chores.register(floor.Chore("close-challenges", CHALLENGES, close_overdue))
    floor.chores.register(floor.Chore("delay-measures", PROGRAMME, delay_overdue))
    for key, order, state in (
        ("challenges-to-review", CHALLENGES, elsewhere.to_review),
        ("challenges-to-decide", CHALLENGES + 1, elsewhere.to_decide),
        ("late-measures", PROGRAMME, elsewhere.late_measures),
    ):
        floor.queues.register(floor.Queue(key, order, state))
    floor.demo_loaders.register(floor.DemoLoader("projects", PROJECTS, demo.load))


def _register_saved_searches() -> None:
    from cluster_portal.notifications.saved_searches import ListKind, lists
    from projects import elsewhere
    from projects.filters import CHALLENGES as NEEDS
    from projects.filters import PROJECTS as WORK

    for key, order, label, url_name, rows, facets in (
        ("projects", PROJECTS, _("Projects"), "projects:list", elsewhere.listed_projects, WORK),
        (
            "challenges", CHALLENGES, _("Challenges"), "projects:challenges",
            elsewhere.listed_challenges, NEEDS,
        ),
    ):  # fmt: skip
        lists.register(ListKind(key, order, label, url_name, rows, facets))
