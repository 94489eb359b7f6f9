"""Articles: what a cluster tells, teaches and argues."""

from cluster_portal.knowledge.models.article_parts import ArticleEntry, ArticleFile, ArticlePicture
from cluster_portal.knowledge.models.articles import Article
from cluster_portal.knowledge.models.pages import PageVersion

__all__ = ["Article", "ArticleEntry", "ArticleFile", "ArticlePicture", "PageVersion"]
