"""Addresses without a language: machines read them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
