from cluster_portal.notifications.admin import letters, mail

__all__ = ["letters", "mail"]
