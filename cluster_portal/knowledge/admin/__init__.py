from cluster_portal.knowledge.admin import articles, situation

__all__ = ["articles", "situation"]
