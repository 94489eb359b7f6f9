"""The content types of the surveys app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Deadlines,
    Demo,
    Erasure,
    Found,
    OrganisationSection,
    PersonalData,
    Queue,
    RegionSection,
    Waits,
)
from cluster_portal.surveys import desk, digest, erasure, exports
from cluster_portal.surveys.demo import registers as demo_registers
from cluster_portal.surveys.demo import results as example_results
from cluster_portal.surveys.demo import rounds as example_rounds
from cluster_portal.surveys.models import CircularCase, Round
from cluster_portal.surveys.pages import circular, counts, letters, of_region
from cluster_portal.surveys.services import reminders
from cluster_portal.surveys.services.rounds import close_overdue, tell_results

ANSWERS = Content(
    "survey-answers", 46, _("Answers to questionnaires"),
    counts=(counts.ANSWERS,),
    exports=(
        PersonalData("survey-answers", _("Answers to questionnaires"), exports.answers),
    ),
    erasure=(
        Erasure(
            "survey-answers", _("Answers to questionnaires"), erasure.effects, erasure.erase
        ),
    ),
)  # fmt: skip

ROUNDS = Content(
    "surveys", 47, _("Surveys"), Round,
    desk=(
        Card("surveys-awaited", _("Surveys that wait for you"), desk.awaited, urgent=True),
        Card("surveys-handed", _("Questions that a colleague asked you to answer"),
             desk.handed_over, urgent=True),
        Card("surveys-talks", _("My interviews"), desk.talks, order=48),
    ),
    deadlines=(Deadlines("surveys", desk.closing, is_own=True),),
    digest=digest.SURVEYS,
    queues=(
        Queue("surveys-unpublished", desk.unpublished, days=14, order=56),
        Queue("surveys-without-interviewer", desk.without_interviewer, days=7, order=57),
        Queue("surveys-unchecked", desk.unchecked, days=14, waits=Waits.OPEN, order=58),
    ),
    letters=letters.AUDIENCES,
    demo=(
        Demo("surveys", example_rounds.load, order=65),
        Demo("survey-results", example_results.load, order=67),
    ),
    chores=(
        Chore("surveys-close", close_overdue, order=56),
        Chore("surveys-remind", reminders.remind_due, order=57),
        Chore("surveys-results", tell_results, order=58),
    ),
)  # fmt: skip

REGISTERS = Content(
    "registers", 48, _("Registers"), CircularCase,
    counts=(counts.CIRCULAR, counts.SKILL_GAPS, counts.INFRASTRUCTURE),
    search=(Found("circular", _("Circular materials"), CircularCase.objects.visible_to),),
    organisation=(
        OrganisationSection("circular", _("Circular materials"), circular.of_organisation),
    ),
    regions=(RegionSection("registers", of_region.values, "surveys/_region.html"),),
    exports=(PersonalData("register-entries", _("Rows of registers"), exports.entries),),
    erasure=(
        Erasure(
            "register-entries", _("Rows of registers"), erasure.entry_effects,
            erasure.erase_entries,
        ),
    ),
    demo=(Demo("registers", demo_registers.load, order=66),),
)  # fmt: skip

TYPES = [ANSWERS, ROUNDS, REGISTERS]
