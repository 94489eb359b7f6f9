from cluster_portal.notifications.admin import letters, mail, trouble

__all__ = ["letters", "mail", "trouble"]
