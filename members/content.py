"""The content types of the members app, and what it keeps of accounts."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
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
    Waits,
    Yearly,
    deadlines_at,
    since,
    soon,
)
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.core.reporting import Report
from members import desk, digest, erasure, exports
from members.demo import capabilities as demo_capabilities
from members.demo import coordination as demo_coordination
from members.demo import experts as example_experts
from members.demo import interests as demo_interests
from members.demo import letters as demo_letters
from members.demo import named_people as demo_named_people
from members.demo import needs as demo_needs
from members.demo import network, related
from members.demo import profiles as demo_profiles
from members.demo import regions as demo_regions
from members.demo import tenders as example_tenders
from members.models import Capability, ExpertFace, Need, Organisation, TenderNotice
from members.pages import (
    answers,
    capability_list,
    capability_sections,
    counts,
    experts,
    first_steps,
    growth,
    letters,
    need_desk,
    need_knot,
    need_page,
    organisation_list,
    pictures,
    queues,
    tenders,
    yearly,
)
from members.pages import interests as own_interests
from members.pages import named_people as named_pages
from members.pages import needs as need_pages
from members.pages.tagging import tagging
from members.services import (
    applications,
    capabilities,
    capability_renewals,
    contacts,
    coordinators,
    named_people,
    nominations,
    profiles,
    retention,
    sign_in_limits,
    tender_fits,
)
from members.services import erasure as erasing
from members.services import needs as need_services

ORGANISATIONS = Content(
    "members", 30, _("Members"), Organisation,
    reports=(Report("members", of_cluster=yearly.members, order=10),),
    tagging=(tagging("fields"),), interests=(own_interests.INTERESTS,),
    following=(
        Following(
            "organisations", _("Organisations"), Organisation.objects.visible_to,
            Organisation.get_kind_display, {},
        ),
    ),
    counts=(counts.MEMBERS,),
    navigation=(Destination("members", _("Members"), "members:list"),),
    lists=(organisation_list.ORGANISATIONS,),
    search=(Found("members", _("Organisations"), Organisation.objects.visible_to, order=50),),
    front=(
        FrontSection(
            "members", pictures.front_section, "members/_front_section.html", order=60
        ),
    ),
    figures=(Figure("members", _("Members"), pictures.members_of, "members:list"),),
    yearly=(Yearly("joined", _("New members"), pictures.memberships_of, "since"),),
    desk=(
        Card(
            "colleagues-to-confirm", _("Colleagues to confirm"), desk.colleagues_to_confirm,
            "members/_desk_colleagues.html", urgent=True, order=20,
        ),
        Card(
            "my-organisation", _("My organisation"), desk.my_organisations,
            "members/_desk_organisations.html", order=70,
        ),
    ),
    answers=(answers.ORGANISATIONS,),
    chores=(
        Chore("facts-to-confirm", profiles.ask_to_confirm, order=18),
        Chore("logos", profiles.sweep_logos, order=19),
    ),
    demo=(Demo("members", network.load, order=10), Demo("related", related.load, order=11),
          Demo("profiles", demo_profiles.load, order=12),
          Demo("regions", demo_regions.load, order=12)),
)  # fmt: skip

EXPERTS = Content(
    "experts", 32, _("Experts"), ExpertFace,
    answers=(answers.EXPERTS,),
    lists=(experts.EXPERTS,),
    search=(Found("experts", _("Experts"), experts.found, order=55),),
    figures=(Figure("experts", _("Experts"), ExpertFace.objects.visible_to, "members:experts"),),
    organisation=(
        OrganisationSection(
            "experts", _("Experts"), experts.on_organisation, "members/_organisation_experts.html",
            order=65,
        ),
    ),
    digest=(
        DigestSection(
            "new-experts", _("New experts"), since("shown_at", experts.listed), per_audience=True,
            model=ExpertFace, tells_of="profile", still_visible=experts.told,
        ),
    ),
    desk=(
        Card(
            "my-expert", _("My expert profile"), desk.my_expert, "members/_desk_expert.html",
            order=75,
        ),
    ),
    exports=(PersonalData("experts", _("Expert profile"), exports.expert_data),),
    erasure=(
        Erasure(
            "experts", _("Expert profile"), erasure.expert_effects, erasure.erase_expert,
            forget=erasure.forget_expert,
        ),
    ),
    demo=(Demo("experts", example_experts.load, order=12),),
)  # fmt: skip

TENDERS = Content(
    "tenders", 37, _("Tender notices"), TenderNotice,
    lists=(tenders.TENDERS,),
    search=(Found("tenders", _("Tender notices"), tenders.listed),),
    figures=(Figure("tenders", _("Open tender notices"), tenders.coming, "members:tenders"),),
    deadlines=(
        Deadlines("tenders", deadlines_at("closes_at", _("Tender notice"), tenders.coming)),
    ),
    digest=(
        DigestSection(
            "new-tenders", _("New tender notices"), since("published_at", tenders.coming),
            per_audience=True,
        ),
        DigestSection(
            "closing-tenders", _("Tender notices that close soon"),
            soon("closes_at", timedelta(days=14), tenders.coming), per_audience=True, order=38,
            template="members/_digest_tender.txt", day="closes_at", model=TenderNotice,
        ),
    ),
    queues=(Queue("proposed-tenders", tenders.queue, order=14),),
    exports=(PersonalData("tenders", _("Tender notices I proposed"), exports.tender_data),),
    chores=(Chore("tender-fits", tender_fits.find_for_open),),
    demo=(Demo("tenders", example_tenders.load, order=35),),
)  # fmt: skip

NEEDS = Content(
    "needs", 35, _("Needs"), Need,
    reports=(Report("needs", of_cluster=yearly.needs),),
    knot=need_knot.KNOT,
    counts=(counts.NEEDS,),
    lists=(need_pages.NEEDS,),
    search=(Found("needs", _("Needs"), need_pages.listed),),
    organisation=(
        OrganisationSection(
            "needs", _("Needs"), need_pages.of_organisation, "members/_need_lines.html"
        ),
    ),
    front=(FrontSection("needs", need_pages.front, "members/_front_needs.html", order=45),),
    desk=(
        Card(
            "needs-to-answer-for", _("Your needs that wait for you"), need_desk.to_answer_for,
            "members/_need_lines.html", urgent=True,
        ),
        Card("needs-for-me", _("Needs you could answer"), need_page.answerable,
             "members/_need_lines.html", among=need_page.fitting_needs),
        Card("my-needs", _("My needs"), need_desk.mine, "members/_need_lines.html", order=36),
    ),
    digest=digest.NEEDS,
    following=(
        Following("needs", _("Needs"), Need.objects.visible_to, Need.get_stage_display,
                  {"moved": _("The need has moved on.")}),
    ),
    queues=(Queue("needs", need_desk.unanswered_queue, days=14, waits=Waits.OPEN),),
    exports=(PersonalData("needs", _("Needs"), exports.needs),),
    erasure=(
        Erasure(
            "needs", _("Needs"), erasure.need_effects, erasure.erase_needs,
            forget=erasure.forget_needs,
        ),
    ),
    chores=(Chore("needs", need_services.ask_or_expire),),
    demo=(Demo("needs", demo_needs.load, order=64),),
)  # fmt: skip

MEMBERSHIPS = Content(
    "memberships", 30, _("Membership applications"),
    desk=(
        Card(
            "applications-to-handle", _("Membership applications to handle"),
            desk.applications_to_handle, "members/_desk_queue.html", urgent=True, order=10,
        ),
        Card(
            "applications-to-finish", _("Membership applications to finish"),
            desk.applications_to_finish, "members/_desk_applications.html", urgent=True, order=25,
        ),
        Card(
            "my-applications", _("My membership applications"), desk.my_applications,
            "members/_desk_applications.html",
        ),
        Card(
            "named", _("You have been named with a membership"), desk.named_people,
            "members/_desk_named.html", urgent=True, order=15, among=desk.named,
        ),
    ),
    first_steps=first_steps.STEPS,
    queues=(*queues.QUEUES, *named_pages.QUEUES),
    chores=(
        Chore("memberships", applications.close_expired, order=10),
        Chore("namings-of-coordinators", nominations.close_expired, order=10),
        Chore("coordinators", coordinators.follow_terms, order=11),
        Chore("old-applications", retention.forget_applications, order=13),
        Chore("named-people", named_people.forget_old, order=18),
    ),
    demo=(
        Demo("named-people", demo_named_people.load, order=13),
        Demo("coordination", demo_coordination.load, order=34),
    ),
)  # fmt: skip

CAPABILITIES = Content(
    "capabilities", 32, _("Capabilities and solutions"), Capability,
    counts=(counts.CAPABILITIES,), offerings=(growth.CAPABILITIES,),
    answers=(answers.CAPABILITIES,),
    navigation=(
        Destination("capabilities", _("Capabilities and solutions"), "members:capabilities"),
    ),
    lists=(capability_list.CAPABILITIES,),
    search=(
        Found("capabilities", _("Capabilities and solutions"), capability_sections.of_interest),
    ),
    front=(
        FrontSection(
            "capabilities", capability_sections.front, "members/_front_capabilities.html"
        ),
    ),
    organisation=(
        OrganisationSection(
            "capabilities", _("Capabilities and solutions"), capability_sections.of_organisation,
            "members/_organisation_capabilities.html", leads=True,
        ),
    ),
    desk=(
        Card(
            "capabilities-to-confirm", _("Capabilities to confirm"),
            capability_sections.to_confirm, "members/_desk_capabilities.html", urgent=True,
        ),
        Card(
            "capabilities-to-renew", _("Capabilities to renew"), capability_sections.to_renew,
            "members/_desk_capabilities.html", urgent=True,
        ),
        Card(
            "my-capabilities", _("What we can do"), capability_sections.mine,
            "members/_desk_capabilities.html", order=71,
        ),
    ),
    digest=digest.CAPABILITIES,
    queues=(Queue("capabilities", capability_sections.queue),),
    chores=(
        Chore("capabilities", capabilities.expire_overdue),
        Chore("capabilities-ending", capability_renewals.remind_of_expiry),
    ),
    demo=(Demo("capabilities", demo_capabilities.load),),
)  # fmt: skip

ACCOUNTS = Content(
    "accounts", 90, _("Account and memberships"),
    exports=(
        PersonalData("members", _("Account and memberships"), exports.my_data, order=10),
        PersonalData("sign-in", _("Addresses and sign-ins"), exports.sign_in_data, order=11),
    ),
    erasure=(
        Erasure(
            "members", _("Account and memberships"), erasure.effects, erasure.erase,
            erasure.blockers, erasure.forget,
        ),
    ),
    chores=(
        Chore("erased-farewells", erasing.drop_farewells, order=12),
        Chore("unused-accounts-warned", retention.warn_unused, order=14),
        Chore("unused-accounts", retention.erase_unused, order=15),
        Chore("failed-sign-ins", sign_in_limits.forget, order=16),
        Chore("contact-messages", contacts.forget_messages, order=17),
    ),
)  # fmt: skip

LETTERS = Content(
    "letters",
    35,
    _("Letters"),
    letters=letters.AUDIENCES,
    demo=(
        Demo("letters", demo_letters.load, order=90),
        Demo("interests", demo_interests.load, order=13),
    ),
)

TYPES = (
    ORGANISATIONS, CAPABILITIES, EXPERTS, NEEDS, TENDERS, MEMBERSHIPS, ACCOUNTS, LETTERS,
)  # fmt: skip
