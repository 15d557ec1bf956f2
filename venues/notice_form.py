"""Between the notice form and the rows of a notice: what it offers, what it shows, what it writes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from wagtail.models import Locale
from wagtail.permission_policies.pages import PagePermissionPolicy

from openness.accounts.models import User
from openness.departments.models import Department, Region, VenueType
from openness.departments.people import is_of_office
from venues import hours
from venues.enums import NoticeScope
from venues.form_fields import Effect
from venues.models import (
    NoticeEffect,
    NoticeSession,
    NoticeTarget,
    NoticeTargetDepartment,
    NoticeTargetType,
    OpeningNoticePage,
    VenuePage,
)
from venues.schedules import session_fields
from venues.widgets import VenuesWidget

if TYPE_CHECKING:
    from venues.admin_views import NoticeQuestion
    from venues.forms import NoticePageForm


def usable_venues(user: User | AnonymousUser) -> QuerySet[VenuePage]:
    """Return the venues (source-language pages) for which ``user`` may write notices.

    They are those below a page on which one of the person's groups may add, change or publish.
    """
    policy = PagePermissionPolicy(VenuePage)
    allowed = policy.instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    return allowed.filter(locale=Locale.get_default())


def prepare(form: "NoticePageForm") -> None:
    """Fill the form's choices by what its user may use, and its values from the page's rows."""
    page, user = form.instance, form.for_user
    allowed = usable_venues(user) if user else VenuePage.objects.filter(locale=Locale.get_default())
    is_office = user is None or is_of_office(user)
    form.initial["effects"] = effects_of(page)
    form.initial["venues"] = [target.venue_id for target in page.targets.all()]
    form.initial["types"] = [row.venue_type_id for row in page.target_types.all()]
    form.initial["departments"] = [row.department_id for row in page.target_departments.all()]

    field = form.fields["venues"]
    field.queryset = allowed
    field.widget = VenuesWidget()
    field.widget.place = form.place
    field.widget.rows = venue_rows(offered_venues(form, allowed))
    field.widget.has_search = allowed.exclude(pk__in=[row["pk"] for row in field.widget.rows]).exists()
    form.fields["effects"].widget.place = form.place

    if is_office or page.scope == NoticeScope.SELECTION:
        form.fields["types"].queryset = VenueType.objects.filter(locale=Locale.get_default())
        if "scope_region" in form.fields:
            regions = Region.objects.filter(locale=Locale.get_default())
            form.fields["scope_region"].queryset = regions.order_by("lineage")
    else:
        for name in ("scope", "scope_region", "types", "departments"):
            form.fields.pop(name, None)


def offered_venues(form: "NoticePageForm", allowed: QuerySet[VenuePage]) -> QuerySet[VenuePage]:
    """Return the venues that the form lists: those of the page's own department, and those chosen already."""
    chosen = set(form.initial["venues"])
    if form.is_bound:
        chosen |= {
            int(pk) for pk in form.data.getlist(form.add_prefix("venues")) if pk.isdecimal() and len(pk) < 10
        }
    parent = form.parent_page or (form.instance.get_parent() if form.instance.pk else None)
    own = Q(path__startswith=parent.path, depth=parent.depth + 1) if parent else Q()
    return allowed.filter(own | Q(pk__in=chosen)).order_by("title")


def venue_rows(venues: QuerySet[VenuePage]) -> list[dict[str, Any]]:
    """Return what the list of checkboxes shows of each venue: number, title, department and areas. Three queries."""
    found = list(venues.prefetch_related("areas"))
    departments = departments_by_path(found)
    return [
        {
            "pk": venue.pk,
            "title": venue.title,
            "department": departments.get(venue.path[: -venue.steplen], ""),
            "areas": [[area.key, area.name] for area in venue.areas.all()],
        }
        for venue in found
    ]


def departments_by_path(venues: Iterable[VenuePage]) -> dict[str, str]:
    """Return the short names of the venues' departments by the path of the department's page. One query."""
    paths = {venue.path[: -venue.steplen] for venue in venues}
    return dict(Department.objects.filter(pages__path__in=paths).values_list("pages__path", "short_name"))


# ---------------------------------------------------------------------------------------------------
# Rows


def effects_of(page: OpeningNoticePage) -> tuple[Effect, ...]:
    """Return the effects that the page's rows hold, in their order."""
    return tuple(
        Effect(
            kind=hours.EffectKind(row.kind),
            first=row.first,
            last=row.last,
            area_key=row.area_key,
            venue_keys=tuple(row.venue_keys),
            window_opens=row.window_opens,
            window_closes=row.window_closes,
            sessions=tuple(
                hours.Session(
                    opens=session.opens,
                    closes=session.closes,
                    last_entry=session.last_entry,
                    state=hours.State(session.state),
                    kind=hours.Kind(session.kind),
                    condition=session.condition,
                    audience=session.audience_code,
                    admission=session.admission,
                )
                for session in row.sessions.all()
            ),
        )
        for row in page.effects.all()
    )


def set_effects(page: OpeningNoticePage, effects: Iterable[Effect]) -> None:
    """Make the page's rows hold exactly these effects; they are saved with the page."""
    rows = []
    for position, effect in enumerate(effects):
        row = NoticeEffect(
            sort_order=position,
            kind=effect.kind,
            first=effect.first,
            last=effect.last,
            area_key=effect.area_key,
            venue_keys=list(effect.venue_keys),
            window_opens=effect.window_opens,
            window_closes=effect.window_closes,
        )
        row.sessions = [
            NoticeSession(sort_order=number, **session_fields(session))
            for number, session in enumerate(effect.sessions)
        ]
        rows.append(row)
    page.effects = rows


def give_rows(form: "NoticePageForm | NoticeQuestion", page: OpeningNoticePage) -> None:
    """Write effects and targets of a form to the page in memory. Rows that say the same stay the rows they are."""
    entered = form.cleaned_data
    if entered["effects"] != effects_of(page):
        set_effects(page, entered["effects"])
    named = [] if form.is_selection else list(entered["venues"])
    if {venue.pk for venue in named} != {target.venue_id for target in page.targets.all()}:
        page.targets = [NoticeTarget(venue=venue, sort_order=number) for number, venue in enumerate(named)]
    if "types" not in form.fields:
        return
    types = list(entered["types"]) if form.is_selection else []
    if {each.pk for each in types} != {row.venue_type_id for row in page.target_types.all()}:
        page.target_types = [
            NoticeTargetType(venue_type=each, sort_order=number) for number, each in enumerate(types)
        ]
    departments = list(entered["departments"]) if form.is_selection else []
    if {each.pk for each in departments} != {row.department_id for row in page.target_departments.all()}:
        page.target_departments = [
            NoticeTargetDepartment(department=each, sort_order=number)
            for number, each in enumerate(departments)
        ]
    if not form.is_selection:
        entered["scope_region"] = None
