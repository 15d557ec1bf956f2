"""Found a city: its languages, its pages, its regions and its departments. Run again, it adds what is missing."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import DepartmentIndexPage, DepartmentPage, HomePage
from news.models import NewsIndexPage
from openness.core.models import SiteIdentity
from openness.departments.models import Department, Region, Term
from openness.departments.provision import provision, provision_city
from policies.models import PolicyIndexPage
from venues.models import NoticeIndexPage, VenueIndexPage

SOURCE_LANGUAGE = settings.LANGUAGE_CODE


def read_rows(path: Path, name: str) -> list[dict[str, Any]]:
    """Return the list ``name`` of a JSON file, or the file's own list.

    Raises ValidationError saying what the file should hold.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValidationError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ValidationError(f"{path} is no JSON: {error}") from error
    rows = data.get(name) if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and row.get("code") and row.get("name") for row in rows
    ):
        raise ValidationError(f"{path}: expected a list of objects with at least «code» and «name».")
    return rows


@transaction.atomic
def found_city(
    *, name: str, regions: list[dict[str, Any]], departments: list[dict[str, Any]], is_demo: bool = False
) -> HomePage:
    """Return the home page of the city ``name``, with all that a new site needs to begin.

    ``regions``: rows with code, name, level, parent_code, and optionally name_en, order, centre.
    ``departments``: rows with code, name, short_name, level, region_code, parent_code, and optionally website, summary.
    Raises ValidationError naming the row that cannot be.
    """
    source = Locale.objects.get_or_create(language_code=SOURCE_LANGUAGE)[0]
    home = _pages(name, source)
    _identity(home, name, is_demo=is_demo)
    save_terms(
        Region, [{**row, "sort_order": row.get("order", position)} for position, row in enumerate(regions)]
    )
    index = DepartmentIndexPage.objects.get(locale=source)
    there_already = list(DepartmentPage.objects.child_of(index).values_list("pk", flat=True))
    for row in departments:
        save_department(row, index)
    for page in DepartmentPage.objects.filter(pk__in=there_already).select_related("department"):
        provision(department=page.department, page=page)
    for language, __ in settings.LANGUAGES:
        _language_root(home, language)
    return home


def _pages(name: str, locale: Locale) -> HomePage:
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(
            instance=HomePage(title=name, slug=f"home-{locale.language_code}", locale=locale)
        )
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": name}
        )
        # The page that Wagtail greets a new installation with.
        Page.objects.filter(
            depth=2, content_type__model="page", content_type__app_label="wagtailcore"
        ).delete()
    venues = _child(home, VenueIndexPage, "找场馆", "venues")
    _child(venues, NoticeIndexPage, "开放公告", "notices")
    _child(home, PolicyIndexPage, "政策文件", "policies")
    _child(home, NewsIndexPage, "新闻动态", "news")
    _child(home, DepartmentIndexPage, "部门", "departments")
    provision_city(page=home)
    return home


def _child(parent: Page, model: type[Page], title: str, slug: str) -> Page:
    parent = Page.objects.get(pk=parent.pk)
    page = model.objects.child_of(parent).first()
    return page or parent.add_child(instance=model(title=title, slug=slug, locale=parent.locale))


def _identity(home: HomePage, name: str, *, is_demo: bool) -> None:
    SiteIdentity.objects.get_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={
            "site_name": f"{name}公共文化开放",
            "city_name": name,
            "tagline": "什么时候、哪里、对谁开放，一处说清",
            "is_demo": is_demo,
        },
    )


def _language_root(home: HomePage, language: str) -> None:
    """Make the (hidden) home page of a language: it answers 404 until somebody publishes it."""
    locale = Locale.objects.get_or_create(language_code=language)[0]
    if not home.has_translation(locale) and locale != home.locale:
        copy = home.copy_for_translation(locale)
        copy.slug = f"home-{language}"
        copy.live = False
        copy.save()


def save_terms(model: type[Term], rows: list[dict[str, Any]]) -> None:
    """Create or update terms in the source language, and in English where a row has ``name_en``; parents come first."""
    source = Locale.objects.get(language_code=SOURCE_LANGUAGE)
    english = Locale.objects.get_or_create(language_code="en")[0]
    for row in rows:
        centre = row.get("centre") or {}
        if not isinstance(centre, dict):
            raise ValidationError(f"{row['code']}: «centre» holds «longitude» and «latitude».")
        extra = (
            {
                "level": row.get("level"),
                "longitude": centre.get("longitude"),
                "latitude": centre.get("latitude"),
            }
            if model is Region
            else {}
        )
        fields = {
            "name": row["name"],
            "parent_code": row.get("parent_code") or "",
            "sort_order": row.get("sort_order") or 0,
            **extra,
        }
        term = _save_term(model, source, row["code"], fields)
        if row.get("name_en"):
            _save_term(
                model,
                english,
                row["code"],
                {**fields, "name": row["name_en"], "translation_key": term.translation_key},
            )


def _save_term(model: type[Term], locale: Locale, code: str, fields: dict[str, Any]) -> Term:
    term = model.objects.filter(code=code, locale=locale).first() or model(code=code, locale=locale)
    before = {name: getattr(term, name) for name in fields} if term.pk else None
    if before is None or any(
        str(before[name]) != str(value)
        for name, value in fields.items()
        if name not in {"longitude", "latitude"}
    ):
        for name, value in fields.items():
            setattr(term, name, value)
        try:
            term.full_clean(exclude=["lineage", "translation_key"])
        except ValidationError as error:
            raise ValidationError(
                f"{model._meta.verbose_name} {code}: {'; '.join(error.messages)}"
            ) from error
        term.save()
    return term


def save_department(row: dict[str, Any], index: DepartmentIndexPage) -> DepartmentPage:
    """Create or update a department and its page; supervising departments come before those they supervise.

    Raises ValidationError naming the department and what is wrong: an unknown region or supervisor, a bad value.
    """
    region = Region.objects.filter(
        code=row.get("region_code", ""), locale__language_code=SOURCE_LANGUAGE
    ).first()
    if region is None:
        raise ValidationError(f"Department {row['code']}: there is no region {row.get('region_code')!r}.")
    parent = None
    if row.get("parent_code"):
        parent = Department.objects.filter(code=row["parent_code"]).first()
        if parent is None:
            raise ValidationError(
                f"Department {row['code']}: there is no department {row['parent_code']!r} before it."
            )
    department = Department.objects.filter(code=row["code"]).first() or Department(code=row["code"])
    department.name = row["name"]
    department.short_name = row.get("short_name") or row["name"]
    department.region = region
    department.level = row.get("level") or region.level
    department.parent = parent
    department.website = row.get("website") or ""
    try:
        department.full_clean(exclude=["collection", "workflow"])
    except ValidationError as error:
        raise ValidationError(f"Department {row['code']}: {'; '.join(error.messages)}") from error
    department.save()
    page = DepartmentPage.objects.filter(department=department, locale=index.locale).first()
    if page is None:
        page = DepartmentPage(
            title=row["name"],
            slug=row["code"],
            department=department,
            summary=row.get("summary") or "",
            locale=index.locale,
        )
        DepartmentIndexPage.objects.get(pk=index.pk).add_child(instance=page)
    return page
