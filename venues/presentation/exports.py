"""Ways to take opening hours along: to subscribe to them, or to have them as a table or for a program."""

from urllib.parse import urlsplit

from django.http import HttpRequest

from openness.core.exits import PageWithExits


def export_links(
    page: PageWithExits, request: HttpRequest, *, ics: str, csv: str = "", json: str = "", query: str = ""
) -> dict[str, str]:
    """Return the addresses of a page's calendar (and to subscribe to it), CSV and JSON, for the question ``query``.

    An address whose exit is not named is empty.
    """

    def address(name: str) -> str:
        url = page.exit_url(name, request) if name else ""
        return f"{url}?{query}" if url and query else url

    parts = urlsplit(request.build_absolute_uri(address(ics)))
    return {
        # Calendar programs take this scheme for "subscribe", where https would only open the file once.
        "subscribe_url": parts._replace(scheme="webcal").geturl(),
        "ics_url": address(ics),
        "csv_url": address(csv),
        "json_url": address(json),
    }
