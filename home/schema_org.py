"""The site and its departments as schema.org describes them (WebSite, GovernmentOrganization): JSON-LD."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from home.models import DepartmentPage, HomePage
from openness.core.json_ld import CONTEXT, known, organization
from openness.core.models import SiteIdentity


def site_data(page: HomePage, request: HttpRequest) -> dict[str, Any]:
    """Return the site: its name, who publishes it, and where it is searched."""
    identity, url = SiteIdentity.for_request(request), page.get_full_url(request)
    search = request.build_absolute_uri(reverse("search:results"))
    return known(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "@id": url,
            "url": url,
            "name": identity.site_name,
            "description": page.summary or identity.tagline,
            "inLanguage": page.locale.language_code,
            "publisher": organization(identity.organiser) if identity.organiser else "",
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
                "query-input": "required name=search_term_string",
            },
        }
    )


def department_data(page: DepartmentPage, request: HttpRequest) -> dict[str, Any]:
    """Return the department: what it is called, where it is, and what it is part of."""
    department, url = page.department, page.get_full_url(request)
    return known(
        {
            "@context": CONTEXT,
            "@type": "GovernmentOrganization",
            "@id": url,
            "url": url,
            "name": page.title,
            "alternateName": department.short_name if department.short_name != page.title else "",
            "description": page.summary,
            "telephone": page.phone,
            "address": known(
                {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": page.address_text}
            )
            if page.address_text
            else "",
            "areaServed": {"@type": "AdministrativeArea", "name": department.region.name},
            "parentOrganization": organization(department.parent.name) if department.parent else "",
            "sameAs": department.website,
        }
    )
