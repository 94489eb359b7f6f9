from cluster_portal.knowledge.admin import articles

__all__ = ["articles"]
