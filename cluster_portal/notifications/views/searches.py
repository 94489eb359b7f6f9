"""The reader's saved searches."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.core import lists
from cluster_portal.core.http import refusal_as_message
from cluster_portal.notifications import saved_searches, search_mail
from cluster_portal.notifications.forms.choices import FrequencyForm, SavedSearchForm
from cluster_portal.notifications.models import Frequency, SavedSearch
from cluster_portal.notifications.models.saved_search import MAX_NAME

SEARCHES = gettext_lazy("Saved searches")


@require_safe
def search_list(request):
    searches = SavedSearch.objects.visible_to(request.user).order_by("kind", "name", "pk")
    context = {
        "trail": [{"name": SEARCHES}],
        "rows": [(search, FrequencyForm.of(search)) for search in searches],
        "lists": lists.every(),
    }
    return render(request, "notifications/search_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def search_new(request, kind: str):
    """The search stands in the address as on its list, so that signing in keeps it."""
    found = lists.get(kind)
    if found is None:
        raise Http404
    described = found.describe(request.GET, request.user)
    form = SavedSearchForm(request.POST or None, initial={"name": described[:MAX_NAME]})
    if request.method == "POST" and form.is_valid():
        with refusal_as_message(request):
            values = form.cleaned_data
            saved = saved_searches.save(found, request.GET, **values, by=request.user)
            messages.success(request, _("The search was saved. New hits come to your e-mail."))
            return redirect(saved.get_absolute_url())
    list_url = found.url(found.canonical(request.GET, request.user))
    trail = [{"name": found.label, "url": list_url}, {"name": _("Mail me new ones")}]
    context = {"form": form, "described": described, "kind": found, "trail": trail}
    context["list_url"] = list_url
    return render(request, "notifications/search_new.html", context)


@require_POST
def search_change(request, public_id: UUID):
    search = get_object_or_404(SavedSearch.objects.editable_by(request.user), public_id=public_id)
    form = FrequencyForm(request.POST, prefix=str(public_id))
    if form.is_valid():
        saved_searches.set_frequency(search, form.cleaned_data["frequency"], by=request.user)
        messages.success(request, _("Your choices were saved."))
    else:
        messages.error(request, _("Choose how often new hits are mailed to you."))
    return redirect("searches:list")


@require_POST
def search_pause(request, public_id: UUID):
    search = get_object_or_404(SavedSearch.objects.editable_by(request.user), public_id=public_id)
    saved_searches.set_frequency(search, Frequency.OFF, by=request.user)
    messages.success(request, _("The search is paused. Choose how often it tells to start again."))
    return redirect("searches:list")


@require_POST
def search_delete(request, public_id: UUID):
    search = get_object_or_404(SavedSearch.objects.editable_by(request.user), public_id=public_id)
    saved_searches.remove(search, by=request.user)
    messages.success(request, _("The saved search was deleted."))
    return redirect("searches:list")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def search_pause_by_link(request, token: str):
    """GET shows a page and changes nothing; the signed token of the mail is the permission."""
    search = search_mail.read_token(token)
    if search is None:
        return render(request, "notifications/unsubscribe_unknown.html", status=404)
    if request.method == "POST":
        saved_searches.set_frequency(search, Frequency.OFF, by=search.user)
    context = {"name": search.name, "done": request.method == "POST"}
    return render(request, "notifications/search_paused.html", context)
