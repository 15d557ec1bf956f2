"""Addresses of the venues room below ``/admin/``."""

from django.urls import path

from venues import admin_views, copy_hours, import_views, paste

urlpatterns = [
    path("venues/hours/preview/", admin_views.hours_preview, name="venues_hours_preview"),
    path("venues/hours/read/", paste.read_hours, name="venues_read_hours"),
    path("venues/hours/imports/", import_views.imports, name="venues_hours_imports"),
    path(
        "venues/hours/imports/template.xlsx",
        import_views.import_template,
        name="venues_hours_import_template",
    ),
    path("venues/hours/imports/<int:import_id>/", import_views.hours_import, name="venues_hours_import"),
    path("venues/<int:page_id>/copy-hours/", copy_hours.copy_hours, name="venues_copy_hours"),
    path("venues/notices/read/", paste.read_notice, name="venues_read_notice"),
    path("venues/notices/preview/", admin_views.notice_preview, name="venues_notice_preview"),
    path("venues/notices/venues/", admin_views.notice_venues, name="venues_notice_venues"),
    path(
        "venues/notices/<int:page_id>/withdraw/",
        admin_views.withdraw_notice,
        name="venues_notice_withdraw",
    ),
]
