from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from cluster_portal.core import content, origin
        from events import kinds
        from events.content import TYPES
        from events.pages import courses
        from events.pages import one_to_one as one_to_one_pages
        from events.pages.ideas import words_of
        from events.services import course_groups, feedback, one_to_one, receivers
        from events.services.ideas import tie

        kinds.register()
        receivers.register()
        feedback.register()
        content.register(*TYPES)
        origin.plant("idea", origin.Seed(words_of, tie))
        origin.plant("meeting", origin.Seed(one_to_one_pages.words_of, one_to_one.tie))
        origin.plant("risk", origin.Seed(courses.words_of, course_groups.tie))
