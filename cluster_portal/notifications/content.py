"""What notifications show on the desk of coordinators, send in a digest and keep of a person."""

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Card,
    Chore,
    Content,
    Erasure,
    FirstStep,
    PersonalData,
    Queue,
    Waits,
)
from cluster_portal.core.digest_section import DigestSection
from cluster_portal.notifications import desk, digest_mail, erasure, exports, outbox
from cluster_portal.notifications.services import bounces, interests, letters

NOTICES = Content(
    "notifications", 80, _("Notifications"),
    queues=(
        Queue("held-mail", desk.held, order=1), Queue("failed-mail", desk.failed, order=95),
        Queue("returned-mail", desk.stopped, waits=Waits.OPEN, order=96),
        Queue("letters", desk.letter_drafts, waits=Waits.OPEN, order=90),
    ),
    desk=(
        Card("own-address", _("Your address"), desk.own_address, urgent=True, order=1,
             among=desk.own_troubles),
    ),
    first_steps=(
        FirstStep(
            "mail", _("Choose what comes by mail"),
            _("At once, in a digest, or in the portal only."), desk.mail_chosen, order=90,
        ),
    ),
    interests=(interests.FOLLOWED,),
    digest=(
        DigestSection(
            "notices", _("For you"), digest_mail.weekly_notices, order=-1,
            for_many=digest_mail.weekly_notices_of, still_visible=digest_mail.still_readable,
            because=_("Because you want to get this with the digest"), waits=True,
        ),
    ),
    exports=(
        PersonalData("notifications", _("Notifications"), exports.messages, order=60),
        PersonalData("saved-searches", _("Saved searches"), exports.searches, order=61),
        PersonalData("following", _("What I follow"), exports.following, order=63),
        PersonalData("digests", _("My digests"), exports.digests, order=62),
        PersonalData("returned-mail", _("Mail that came back"), exports.trouble, order=64),
        PersonalData("letters", _("Letters from clusters"), exports.letters, order=62),
    ),
    erasure=(
        Erasure(
            "notifications", _("Notifications"), erasure.effects, erasure.erase,
            erasure.blockers, erasure.forget,
        ),
    ),
    chores=(
        Chore("old-mail", outbox.forget_mail, order=94),
        Chore("old-returned-mail", bounces.forget_old, order=96),
        Chore("old-letter-guests", letters.forget_guests, order=95),
    ),
)  # fmt: skip
