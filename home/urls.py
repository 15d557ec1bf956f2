"""Addresses of the home room that are no pages."""

from django.urls import path

from home import views

app_name = "home"
urlpatterns = [path("regions/<slug:code>/", views.region, name="region")]
