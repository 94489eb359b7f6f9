"""What the members app gives to the registries of the lower floors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core import registries
from cluster_portal.core.lists import lists
from cluster_portal.core.registries import (
    Chore,
    DemoLoader,
    DeskCard,
    Destination,
    Erasure,
    FrontSection,
    PersonalData,
    Queue,
    SearchKind,
)
from members import demo, desk, erasure, exports, pictures
from members.models import Organisation
from members.pages.organisation_list import ORGANISATIONS
from members.services import (
    applications,
    contacts,
    coordinators,
    retention,
    sign_in_limits,
)
from members.services import erasure as erasing


def register() -> None:
    registries.navigation.register(Destination("members", 30, _("Members"), "members:list"))
    _register_desk()
    lists.register(ORGANISATIONS)
    registries.queues.register(Queue("applications", 10, desk.application_queue))
    registries.search_kinds.register(
        SearchKind("members", 50, _("Members"), Organisation.objects.visible_to)
    )
    registries.front_sections.register(
        FrontSection("members", 60, pictures.front_section, "members/_front_section.html")
    )
    registries.personal_data.register(
        PersonalData("members", 10, _("Account and memberships"), exports.my_data)
    )
    registries.personal_data.register(
        PersonalData("sign-in", 11, _("Addresses and sign-ins"), exports.sign_in_data)
    )
    label = _("Account and memberships")
    registries.erasures.register(
        Erasure("members", 90, label, erasure.blockers, erasure.effects, erasure.erase,
                erasure.forget)
    )  # fmt: skip
    registries.chores.register(Chore("erased-farewells", 12, erasing.drop_farewells))
    registries.chores.register(Chore("memberships", 10, applications.close_expired))
    registries.chores.register(Chore("coordinators", 11, coordinators.follow_terms))
    registries.chores.register(Chore("old-applications", 13, retention.forget_applications))
    registries.chores.register(Chore("unused-accounts-warned", 14, retention.warn_unused))
    registries.chores.register(Chore("unused-accounts", 15, retention.erase_unused))
    registries.chores.register(Chore("failed-sign-ins", 16, sign_in_limits.forget))
    registries.chores.register(Chore("contact-messages", 17, contacts.forget_messages))
    registries.demo_loaders.register(DemoLoader("members", 10, demo.load))


def _register_desk() -> None:
    for card in (
        DeskCard(
            "applications-to-handle", 10, _("Membership applications to handle"),
            desk.applications_to_handle, "members/_desk_queue.html", urgent=True,
        ),
        DeskCard(
            "colleagues-to-confirm", 20, _("Colleagues to confirm"), desk.colleagues_to_confirm,
            "members/_desk_colleagues.html", urgent=True,
        ),
        DeskCard(
            "applications-to-finish", 25, _("Membership applications to finish"),
            desk.applications_to_finish, "members/_desk_applications.html", urgent=True,
        ),
        DeskCard(
            "my-applications", 30, _("My membership applications"), desk.my_applications,
            "members/_desk_applications.html",
        ),
        DeskCard(
            "my-organisation", 70, _("My organisation"), desk.my_organisations,
            "members/_desk_organisations.html",
        ),
    ):  # fmt: skip
        registries.desk_cards.register(card)
