from cluster_portal.knowledge.admin import articles, signals, situation

__all__ = ["articles", "signals", "situation"]
