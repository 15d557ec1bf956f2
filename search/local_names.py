"""The user dictionary: names of this city's venues, regions and departments, which no common dictionary knows."""

import re

from django.conf import settings

from openness.departments.models import Department, Region
from search.analysis.cutting import is_all_han
from search.analysis.folding import fold
from search.enums import SearchKind
from search.kept_rows import KeptRows
from search.models import SearchEntry
from search.named_spans import NamedSpans

# A longer name is not said as one word.
LONGEST_NAME = 12
# 丰泽区 is also called 丰泽.
_LEVEL = re.compile(r"(?<=..)(?:自治州|自治县|街道|地区|[省市区县旗镇乡村])$")


def current() -> NamedSpans:
    """Return the names, folded. Three queries a minute; a new name is known as one word after a minute at most."""
    return _kept.current()


def _read() -> set[str]:
    regions = {fold(name) for name in Region.objects.values_list("name", flat=True)}
    names = regions | {_LEVEL.sub("", name) for name in regions}
    for both in Department.objects.values_list("name", "short_name"):
        names.update(map(fold, both))
    venues = SearchEntry.objects.filter(kind=SearchKind.VENUE, language=settings.LANGUAGE_CODE)
    names.update(map(fold, venues.values_list("title", flat=True)))
    return {name for name in names if 2 <= len(name) <= LONGEST_NAME and is_all_han(name)}


_kept = KeptRows("search:local-names", read=_read, build=NamedSpans)
