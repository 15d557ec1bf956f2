"""One notice of a department for all holidays it has decided: made by the notice form, so that all its checks hold."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from openness.departments.models import Department
from openness.departments.selectors import SOURCE_LANGUAGE
from venues import hours
from venues.compliance import check_venues
from venues.enums import HolidayChoice, Supersedes
from venues.finding_words import holiday_text
from venues.form_fields import Effect
from venues.holiday_table import Column, decisions_of, is_public, notice_in_force, sessions_of
from venues.hours import codec
from venues.models import HolidayDecision, NoticeTarget, OpeningNoticePage, VenuePage
from venues.notice_form import set_effects
from venues.wording import notice_sentence

Group = tuple[str, tuple[hours.Session, ...]]


class Plan:
    """What a department's decisions for confirmed holidays come to: effects, venues, and who opens as usual.

    Holidays of a proposed year are left out: a notice names dates, and these may still change.
    """

    def __init__(self, venues: Sequence[VenuePage], columns: Sequence[Column]) -> None:
        by_key = {column.block.key: column for column in columns if column.block.is_confirmed}
        titles = {venue.pk: venue for venue in venues}
        self.decisions = [
            each for each in decisions_of(venues).values() if (each.holiday, each.year) in by_key
        ]
        self.changing = [each for each in self.decisions if each.choice != HolidayChoice.AS_USUAL]
        self.as_usual = [
            (column, [titles[each.venue_id] for each in self._of(column) if each not in self.changing])
            for column in by_key.values()
        ]
        keys = {each.venue_id for each in self.changing}
        self.venues = [venue for venue in venues if venue.pk in keys]
        self.effects = self._effects(by_key)
        self.years = sorted({each.year for each in self.decisions})

    def _of(self, column: Column) -> list[HolidayDecision]:
        return [each for each in self.decisions if (each.holiday, each.year) == column.block.key]

    def _effects(self, by_key: Mapping[tuple[str, int], Column]) -> list[Effect]:
        """Return one effect for each stretch of days and each group of venues that decided alike."""
        everyone = tuple(venue.pk for venue in self.venues)
        groups: dict[tuple[tuple[str, int], Group], set[int]] = {}
        for each in self.changing:
            group = (each.choice, sessions_of(each))
            groups.setdefault(((each.holiday, each.year), group), set()).add(each.venue_id)
        effects = []
        for (key, (choice, sessions)), members in groups.items():
            named = tuple(pk for pk in everyone if pk in members)
            for first, last in by_key[key].block.stretches:
                effects.append(
                    Effect(
                        kind=hours.EffectKind.CLOSE
                        if choice == HolidayChoice.CLOSED
                        else hours.EffectKind.CHANGE,
                        first=first,
                        last=last,
                        venue_keys=() if named == everyone else named,
                        sessions=sessions,
                    )
                )
        return sorted(effects, key=lambda each: (each.venue_keys, each.first))

    @property
    def is_new(self) -> bool:
        """Whether there is anything that the public has not been told."""
        return any(not is_public(each) for each in self.decisions)

    @property
    def earlier(self) -> OpeningNoticePage | None:
        """The latest notice that told decisions of these venues and still holds; the new one takes its place."""
        told = filter(None, map(notice_in_force, self.decisions))
        return max(told, key=lambda notice: notice.pk, default=None)

    def initial(self) -> dict[str, str]:
        """Return title and reason that the notice may have, in the language of its page."""
        with override(SOURCE_LANGUAGE):
            years = "、".join(str(year) for year in self.years)
            title = gettext("Opening hours on the public holidays of %(years)s") % {"years": years}
            return {"title": title, "reason": gettext("public holidays")}

    def sentence(self, reason: str) -> str:
        """Return the public sentence that the effects make; empty without any."""
        notice = OpeningNoticePage(locale=Locale.get_default(), reason=reason)
        set_effects(notice, self.effects)
        notice.targets = [NoticeTarget(venue=venue) for venue in self.venues]
        return notice_sentence(notice, language=SOURCE_LANGUAGE)

    def body(self) -> str:
        """Return, as HTML, which venues open as usual on which holidays."""
        with override(SOURCE_LANGUAGE):
            lines = [
                (holiday_text(*column.block.key), "、".join(venue.title for venue in venues))
                for column, venues in self.as_usual
                if venues
            ]
            if not lines:
                return ""
            items = format_html_join("", "<li>{}：{}</li>", lines)
            return format_html("<p>{}</p><ul>{}</ul>", gettext("Open as usual:"), items)


def parent_of(department: Department) -> Page | None:
    """Return the department's page, below which its notices are."""
    page = Page.objects.filter(departmentpage__department=department, locale=Locale.get_default()).first()
    return page.specific if page else None


def notice_form(plan: Plan, parent: Page, user: Any, entered: Mapping[str, str]) -> Any:
    """Return the form of the notice, filled in; ``entered`` holds title, reason and why it may be late."""
    form_class = OpeningNoticePage.get_edit_handler().get_form_class()
    earlier = plan.earlier
    data: dict[str, Any] = {
        **entered,
        "slug": "",
        "scope": "named",
        "effects": json.dumps([codec.encode(each) for each in plan.effects]),
        "venues": [str(venue.pk) for venue in plan.venues],
        "supersedes": str(earlier.pk) if earlier else "",
        "supersedes_how": Supersedes.REPLACES,
        "body": "null",
    }
    for rows in form_class.formsets:
        data |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    return form_class(
        _query(data),
        instance=OpeningNoticePage(locale=Locale.get_default(), live=False),
        parent_page=parent,
        for_user=user,
    )


def _query(data: Mapping[str, Any]) -> QueryDict:
    """Return data as a browser posts it."""
    posted = QueryDict(mutable=True)
    for name, value in data.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    return posted


@transaction.atomic
def publish(plan: Plan, form: Any, parent: Page, user: Any) -> OpeningNoticePage:
    """Save the checked form as a notice below ``parent``, and publish it where the person may; return its page.

    The decisions it tells are bound to it; who may not publish leaves a draft for who may.
    """
    page = form.save(commit=False)
    page.body = plan.body()
    parent.add_child(instance=page)
    revision = page.save_revision(user=user, log_action=True)
    if parent.permissions_for_user(user).can_publish_subpage():
        revision.publish(user=user)
    told = HolidayDecision.objects.filter(pk__in=[each.pk for each in plan.decisions])
    # What opens as usual is told by it where an earlier notice said otherwise.
    told.exclude(choice=HolidayChoice.AS_USUAL, notice=None).update(notice=page, is_told=True)
    check_venues(plan.venues)
    return OpeningNoticePage.objects.get(pk=page.pk)
