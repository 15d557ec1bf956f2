"""Public addresses that name neither a department nor a page's number.

A venue lives in its department's subtree, which is what gives its editors their rights; readers
find it under ``/venues/<slug>/``. :class:`Address` is the table that ties the two together, one row
per page, unique per kind and language.
"""

from typing import ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponsePermanentRedirect
from wagtail.models import Page

from openness.core.exits import PageWithExits
from openness.core.forms import ADDRESS_TAKEN, AddressedPageForm
from openness.core.listing import not_searched
from openness.core.models.base import BasePage


class Address(models.Model):
    """The last part of a page's public address."""

    kind = models.CharField(max_length=32)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=255)
    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="address")

    class Meta:
        app_label = "core"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "locale", "slug"], name="core_address_unique_per_kind_and_locale"
            ),
        ]

    def __str__(self) -> str:
        return f"/{self.kind}/{self.slug}/"


class AddressIndexPage(PageWithExits, BasePage):
    """An index page under which pages of one kind have their addresses, wherever they live in the tree."""

    address_kind: ClassVar[str]
    is_column: ClassVar = True
    search_decision: ClassVar = not_searched("a list: what it lists is searched itself")

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]):
        """Route ``<index>/<slug>/…`` to the page that holds this address, else to a child of the index."""
        if path_components:
            address = (
                Address.objects.filter(
                    kind=self.address_kind, locale_id=self.locale_id, slug=path_components[0]
                )
                .select_related("page")
                .first()
            )
            if address:
                return address.page.specific.route(request, path_components[1:])
        return super().route(request, path_components)


def index_page_for(
    kind: str, locale_id: int, request: HttpRequest | None = None
) -> "AddressIndexPage | None":
    """Return the live index page of this kind in this language, or None. One query, once per request that is given."""
    known = request.__dict__.setdefault("_openness_indexes", {}) if isinstance(request, HttpRequest) else {}
    if (kind, locale_id) not in known:
        models_of_kind = (
            model
            for model in apps.get_models()
            if issubclass(model, AddressIndexPage) and model.address_kind == kind
        )
        model = next(models_of_kind, None)
        known[kind, locale_id] = (
            model.objects.filter(locale_id=locale_id, live=True).first() if model else None
        )
    return known[kind, locale_id]


class AddressedPage(BasePage):
    """A page whose public address is that of its kind's index and its own slug."""

    address_kind: ClassVar[str]
    base_form_class = AddressedPageForm

    class Meta:
        abstract = True

    @staticmethod
    def _slug_is_available(slug, parent_page, page=None):
        """Free among the siblings, the addresses of its kind, and the index page's own exits and children."""
        if not Page._slug_is_available(slug, parent_page, page):
            return False
        if page is None or parent_page is None:
            return True
        taken = Address.objects.filter(kind=page.address_kind, locale_id=parent_page.locale_id, slug=slug)
        if page.pk:
            taken = taken.exclude(page_id=page.pk)
        if taken.exists():
            return False
        index = index_page_for(page.address_kind, parent_page.locale_id)
        if index is None:
            return True
        return slug not in index.exits() and not index.get_children().filter(slug=slug).exists()

    def save(self, *args, **kwargs):
        """Save the page and its address together."""
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            written = kwargs.get("update_fields")
            # A draft writes single columns and keeps its slug to itself until it is published.
            if written is None or "slug" in written:
                Address.objects.update_or_create(
                    page_id=self.pk,
                    defaults={"kind": self.address_kind, "locale_id": self.locale_id, "slug": self.slug},
                )
        return result

    def column_page(self, request: HttpRequest | None = None) -> BasePage:
        """Return the index page of this kind; the page itself where there is none. One query per request."""
        return index_page_for(self.address_kind, self.locale_id, request) or self

    def get_url_parts(self, request=None):
        """Site, root and path of the public address (Wagtail's shape)."""
        # A list of many pages in one request looks its index up once.
        cache = (
            request.__dict__.setdefault("_openness_index_parts", {})
            if isinstance(request, HttpRequest)
            else {}
        )
        key = (self.address_kind, self.locale_id)
        if key not in cache:
            index = index_page_for(*key, request)
            cache[key] = index.get_url_parts(request) if index else None
        parts = cache[key]
        if parts is None or parts[2] is None:
            return super().get_url_parts(request)
        site_id, root_url, index_path = parts
        return site_id, root_url, f"{index_path}{self.slug}/"

    def serve(self, request: HttpRequest, *args, **kwargs):
        """Serve the page; the path through the tree leads to the public address."""
        public_path = self.get_url(request)
        if (
            public_path
            and not getattr(request, "is_preview", False)
            and not self._is_at(request, public_path)
        ):
            return HttpResponsePermanentRedirect(public_path)
        return super().serve(request, *args, **kwargs)

    @staticmethod
    def _is_at(request: HttpRequest, public_path: str) -> bool:
        return public_path.partition("://")[2].partition("/")[2].strip("/") == request.path.strip("/") or (
            public_path.strip("/") == request.path.strip("/")
        )

    def _check_slug_is_unique(self):
        if not self._slug_is_available(self.slug, self.get_parent(), self):
            raise ValidationError({"slug": ADDRESS_TAKEN})
