"""What documents and the library hand out besides their pages: the views by the last part of their address."""

from openness.core.exits import Exit, file_patterns
from policies import exports, feeds, views
from policies.measures_views import measures_page

POLICY_EXITS: dict[str, Exit] = {
    "measures": measures_page,
}
POLICY_INDEX_EXITS: dict[str, Exit] = {
    "catalogue": views.catalogue,
    "reports": views.annual_reports,
    "catalogue.csv": exports.catalogue_csv,
    "feed.atom": feeds.library_feed,
}

urlpatterns = file_patterns(POLICY_EXITS, POLICY_INDEX_EXITS)
