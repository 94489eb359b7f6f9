"""The library as a content type."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cluster_portal.core.content import (
    Chore,
    Content,
    Demo,
    Erasure,
    Following,
    Found,
    PersonalData,
    Yearly,
)
from cluster_portal.core.reading import Reading
from cluster_portal.knowledge import digest, erasure, exports
from cluster_portal.knowledge.demo import library as demo
from cluster_portal.knowledge.models import LibraryDocument
from cluster_portal.knowledge.pages import library
from cluster_portal.knowledge.services.library import sweep_files

LIBRARY = Content(
    "library", 85, library.TITLE, LibraryDocument,
    lists=(library.LIBRARY,),
    search=(Found("library", library.TITLE, LibraryDocument.objects.visible_to),),
    digest=digest.LIBRARY,
    reading=(Reading("library", library.about, on_request=True, own=library.of_thing),),
    following=(
        Following(
            "library", library.TITLE, LibraryDocument.objects.visible_to,
            LibraryDocument.get_kind_display, {"version": _("A new version came.")},
        ),
    ),
    yearly=(Yearly("library", _("Documents added to the library"),
                   LibraryDocument.objects.visible_to, "created_at"),),
    exports=(PersonalData("library", _("Documents that I have added to the library"),
                          exports.library),),
    erasure=(Erasure("library", library.TITLE, erasure.library_effects,
                     erasure.leave_library),),
    chores=(Chore("library-files", sweep_files),),
    demo=(Demo("library", demo.load, order=99),),
)  # fmt: skip

TYPES = (LIBRARY,)
