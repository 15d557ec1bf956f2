import pytest
from venues.models import VenuePage, VenueEntry, Interval
@pytest.mark.django_db(transaction=True)
def test_t(): assert VenuePage.objects.count()==0
def test_x(demo_city):
    assert VenuePage.objects.count()==48
    Interval.objects.all().delete()
def test_y(db):
    assert VenuePage.objects.count()==0
def test_z(demo_city):
    assert Interval.objects.count()
