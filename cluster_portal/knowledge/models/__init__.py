"""Articles: what a cluster tells, teaches and argues. Regional security in figures and reviews."""

from cluster_portal.knowledge.models.article_parts import ArticleEntry, ArticleFile, ArticlePicture
from cluster_portal.knowledge.models.articles import Article
from cluster_portal.knowledge.models.begun import BegunChallenge
from cluster_portal.knowledge.models.evaluations import Evaluation
from cluster_portal.knowledge.models.library import LibraryDocument, LibraryVersion
from cluster_portal.knowledge.models.pages import PageVersion
from cluster_portal.knowledge.models.reviews import Agreement, Assessment, SituationReview
from cluster_portal.knowledge.models.signals import (
    Signal,
    SignalSource,
    SignalSupport,
    SignalUse,
)
from cluster_portal.knowledge.models.situation import (
    Correction,
    Indicator,
    Measurement,
    Producer,
)

__all__ = [
    "Agreement",
    "Article",
    "ArticleEntry",
    "ArticleFile",
    "ArticlePicture",
    "Assessment",
    "BegunChallenge",
    "Correction",
    "Evaluation",
    "Indicator",
    "LibraryDocument",
    "LibraryVersion",
    "Measurement",
    "PageVersion",
    "Producer",
    "Signal",
    "SignalSource",
    "SignalSupport",
    "SignalUse",
    "SituationReview",
]
