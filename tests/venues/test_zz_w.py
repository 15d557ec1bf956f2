import pytest
pytestmark = pytest.mark.django_db
def test_try(demo_city, client):
    from venues.models import VenuePage
    for u in ["/", "/venues/", "/venues/notices/", "/venues/notices/closure-2025-qz-museum/", VenuePage.objects.get(code="qz-library-donghai").url, VenuePage.objects.get(code="haijiao").url, "/venues/?date=2026-11-21&start=19:00&end=21:00&admission=free"]:
        r = client.get(u); print(u, r.status_code)
        import re
        t = re.sub(r"<svg[\s\S]*?</svg>|<[^>]+>", " ", r.content.decode()); t = re.sub(r"\s+", " ", t)
        print(t[:1800])
