"""Ideas and consortia: what waits on the desk, the coordinators' queue, personal data, chores."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import Card, Chore, Content, Demo, Erasure, PersonalData, Queue
from cluster_portal.core.origin import Origin, Start
from members.models import Need
from projects import desk, erasure, exports
from projects.demo.ideas import load_ideas
from projects.demo.work import load_work
from projects.pages import idea_desk, thread
from projects.services.partnerships import expire_overdue

IDEAS = Content(
    "ideas", 48, _("Ideas and consortia"),
    came_of=(Origin("projects-of-needs", Need, thread.projects_by_need),),
    starts=(Start("idea", Need, _("Make this an idea"), thread.project_of_need),),
    desk=(
        Card("ideas-invitations", _("Invitations to ideas"), idea_desk.invitations, urgent=True),
        Card("ideas-offers", _("Offers to my ideas"), idea_desk.offers, urgent=True),
        Card("ideas-mine", _("My ideas"), idea_desk.my_ideas),
    ),
    queues=(Queue("ideas-to-answer", desk.ideas_to_answer, days=7),),
    exports=(
        PersonalData("ideas", _("Ideas that I write or support"), exports.ideas),
        PersonalData("partner-acts", _("Invitations and offers that I have made"),
                     exports.partner_acts),
        PersonalData("staff", _("Projects whose staff I am on"), exports.staff),
    ),
    erasure=(Erasure("ideas", _("Ideas"), erasure.idea_effects, erasure.erase_ideas,
                     erasure.blockers),),
    chores=(Chore("expire-invitations", expire_overdue),),
    demo=(Demo("ideas", load_ideas, order=60), Demo("work", load_work, order=61)),
)  # fmt: skip
