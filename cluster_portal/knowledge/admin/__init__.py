from cluster_portal.knowledge.admin import articles, library, signals, situation

__all__ = ["articles", "library", "signals", "situation"]
