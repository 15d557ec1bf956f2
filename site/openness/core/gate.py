"""The only gate to what the public may see: every exit of the site asks here.

Wagtail's own ``public()`` lets drafts through, looks at no ancestor but a restricted one, and builds
one condition per restriction. Here the ancestors are looked up in the database, by the prefixes of
each page's path, through the unique index on it: the cost depends on the pages asked for, and not on
how many are hidden.
"""

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length, Substr
from wagtail.models import BaseViewRestriction, Locale, Page, PageViewRestriction

from openness.core import clock

# Wagtail's root is 1, a language's home page 2, a department 4, its pages 5. What lies deeper than
# this stays hidden, since nobody has looked at all its ancestors.
DEEPEST = 16


def visible(queryset: QuerySet, locale: Locale | str | None = None) -> QuerySet:
    """Narrow pages (of any type) to those the public may see; no query is made here.

    A page is visible when it is live and not expired, and neither it nor an ancestor of it, the home
    page included, is a draft, expired or restricted. ``locale``, a Locale or a language code, keeps
    the pages of one language.
    """
    if locale is not None:
        lookup = "locale" if isinstance(locale, Locale) else "locale__language_code"
        queryset = queryset.filter(**{lookup: locale})
    line = _line_of_ancestors()
    hidden_pages = Page.objects.filter(~_is_shown(), path__in=line).order_by()
    restrictions = PageViewRestriction.objects.filter(page__path__in=line).exclude(
        restriction_type=BaseViewRestriction.NONE
    )
    return queryset.filter(_is_shown(), ~Exists(hidden_pages), ~Exists(restrictions), depth__lte=DEEPEST)


def visible_below_parents(queryset: QuerySet, locale: Locale | str | None = None) -> QuerySet:
    """Do as :func:`visible` for many pages with few parents: the ancestors of each parent are looked up once."""
    parents = visible(Page.objects.filter(numchild__gt=0)).order_by()
    if locale is not None:
        lookup = "locale" if isinstance(locale, Locale) else "locale__language_code"
        queryset = queryset.filter(**{lookup: locale})
    restrictions = PageViewRestriction.objects.exclude(restriction_type=BaseViewRestriction.NONE)
    # As a case of its own: PostgreSQL would make a join of it, and expect a handful of pages from that.
    below_a_visible_one = Case(
        When(parent_path__in=parents.values("path"), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return queryset.alias(parent_path=Substr("path", 1, Length("path") - Page.steplen)).filter(
        _is_shown(),
        below_a_visible_one,
        ~Exists(restrictions.filter(page=OuterRef("pk"))),
        depth__lte=DEEPEST,
    )


def is_visible(page: Page) -> bool:
    """Tell whether the public may see this page as it stands in the database. One query."""
    return visible(Page.objects.filter(pk=page.pk)).exists()


def _is_shown() -> Q:
    return Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=clock.now()))


def _line_of_ancestors() -> list[Substr]:
    """Return the paths of the outer page and of its ancestors below Wagtail's root.

    Past the page's own depth the prefix is its path again, which changes nothing.
    """
    return [Substr(OuterRef("path"), 1, depth * Page.steplen) for depth in range(2, DEEPEST + 1)]
