"""A situation review and an article as the text of a letter, in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from cluster_portal.knowledge.models import Article, SituationReview

LONGEST_SUBJECT = 120


def text_of(review: SituationReview) -> tuple[str, str]:
    """Subject, and Markdown: the sentence, the themes with their reasons, the address."""
    lines = [str(review.lead), ""]
    for each in review.assessments.select_related("theme").order_by("theme", "pk"):
        lines += [f"**{each.theme}: {each.words}.** {each.reasons}", ""]
    lines += [str(review.meaning), ""]
    if review.approved_in:
        lines += [_("Approved: %(where)s.") % {"where": review.approved_in}, ""]
    address = f"{settings.SITE_URL}{review.get_absolute_url()}"
    words = _("Open the whole review with its figures")
    lines.append(f"[{words}]({address})")
    return review.title[:LONGEST_SUBJECT], "\n".join(lines)


def text_of_article(article: Article) -> tuple[str, str]:
    """Subject, and Markdown: the article in short, and its address."""
    address = f"{settings.SITE_URL}{article.get_absolute_url()}"
    words = _("Read the whole article")
    link = f"[{words}]({address})"
    return article.title[:LONGEST_SUBJECT], f"{article.summary}\n\n{link}"
