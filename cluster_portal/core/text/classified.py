"""The portal is for unclassified material: texts bearing a marking are refused (DOMAIN 2.15).

Levels and their Swedish names: Act 906/2019 section 18 and Decree 1101/2019; EU and NATO markings
beside them. Markings are recognised as markings (capitals, or "TL III"), so that ordinary prose
such as "luottamuksellinen keskustelu" is not refused.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cluster_portal.core.errors import Refused

_MARKING = re.compile(
    r"\b(?:TL\s?[1-4]|(?:TL|ST|SK)\s(?:IV|I{1,3})|(?:TL|ST|SK)(?:IV|II|III))\b"
    r"(?!\s?[-–]\s?(?:IV|I))"
    r"|\bERITTÄIN SALAINEN\b|\bSALAINEN\b|\bLUOTTAMUKSELLINEN\b|\bKÄYTTÖ RAJOITETTU\b"
    r"|\bSALASSA PIDETTÄVÄ\b|\bYTTERST HEMLIG\b|\bHEMLIG\b|\bKONFIDENTIELL\b"
    r"|\bBEGRÄNSAD TILLGÅNG\b|\bRESTREINT UE\b|\bEU (?:RESTRICTED|CONFIDENTIAL|SECRET)\b"
    r"|\bCONFIDENTIEL UE\b|\bSECRET UE\b"
    r"|\b(?:NATO|COSMIC) (?:RESTRICTED|CONFIDENTIAL|SECRET|TOP SECRET)\b"
)


def marking_in(text: str) -> str | None:
    """The first classification marking in the text, or None."""
    found = _MARKING.search(text)
    return found.group() if found else None


def refuse_marked(*texts: str | None) -> None:
    """Raises `ValidationError`, naming the marking, when any of the texts bears one."""
    for text in texts:
        marking = marking_in(text or "")
        if marking:
            raise ValidationError(
                _(
                    "The text bears the classification marking “%(marking)s”. "
                    "Security-classified or other secret information must not be stored here."
                )
                % {"marking": marking},
                code="classified",
            )


def unmarked(text: str) -> str:
    """The text itself; `Refused` when it bears a marking. For words that come without a form."""
    try:
        refuse_marked(text)
    except ValidationError as error:
        raise Refused(error.messages[0]) from None
    return text
