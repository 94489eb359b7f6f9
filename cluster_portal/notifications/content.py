"""What notifications show on the desk of coordinators, send in a digest and keep of a person."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import Chore, Content, DigestSection, Erasure, PersonalData, Queue
from cluster_portal.notifications import (
    digest_mail,
    erasure,
    forgetting,
    inbox,
    queues,
    saved_searches,
)

NOTICES = Content(
    "notifications", 80, _("Notifications"),
    queues=(
        Queue("held-mail", queues.held, order=1), Queue("failed-mail", queues.failed, order=95),
    ),
    digest=(
        DigestSection(
            "notices", _("For you"), digest_mail.weekly_notices, order=-1, limit=50,
            for_many=digest_mail.weekly_notices_of, still_visible=digest_mail.still_readable,
        ),
    ),
    exports=(
        PersonalData("notifications", _("Notifications"), inbox.personal_data, order=60),
        PersonalData("saved-searches", _("Saved searches"), saved_searches.personal_data, order=61),
    ),
    erasure=(
        Erasure(
            "notifications", _("Notifications"), erasure.effects, erasure.erase,
            erasure.blockers, erasure.forget,
        ),
    ),
    chores=(Chore("old-mail", forgetting.forget_mail, order=94),),
)  # fmt: skip
