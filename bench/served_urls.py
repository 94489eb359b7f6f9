"""The portal's addresses, and the bare POST beside them."""

import time

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cluster_portal.urls import *  # noqa: F403  error handlers too
from cluster_portal.urls import urlpatterns as portal


@login_not_required
def bare_post(request: HttpRequest) -> HttpResponse:
    """What Django does at least: read a form, insert one short row in a transaction, redirect."""
    with transaction.atomic():
        Group.objects.create(name=f"{request.POST['name']}-{time.perf_counter_ns()}")
    return HttpResponse(status=302, headers={"Location": "/"})


urlpatterns = [path("bare/", bare_post), *portal]
