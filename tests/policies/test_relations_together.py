"""Two who publish at once take turns, so that no circle is closed from both ends."""

import threading
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection
from wagtail.models import Revision

from policies import relations
from policies.models import PolicyRelation
from tests.policies.library import document, states
from tests.venues.editors import NOW, found_city

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_four_halves_make_no_circle(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """甲 → 乙 and 丙 → 丁 are public; 乙 → 丙 and 丁 → 甲 come at once, and share no document."""
    settings.OPENNESS_FROZEN_NOW = NOW
    city = found_city()
    pages = [document(city, title, written_on=date(2024, 1, 1)) for title in "甲乙丙丁"]
    revisions = []
    for number, page in enumerate(pages):
        page.relations = [PolicyRelation(kind="amends", target=pages[(number + 1) % 4])]
        revisions.append(page.save_revision())
    revisions[0].publish()
    revisions[2].publish()
    original = relations.find_cycle

    def slowly(edges: Any) -> Any:
        # Long enough for the other one to look too, if nothing kept it off.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        return original(edges)

    monkeypatch.setattr(relations, "find_cycle", slowly)
    errors: list[Exception] = []

    def publish(revision: Revision) -> None:
        try:
            Revision.objects.get(pk=revision.pk).publish()
        except Exception as error:  # noqa: BLE001 it is looked at below
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=publish, args=[revision]) for revision in (revisions[1], revisions[3])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    (refused,) = errors
    assert isinstance(refused, ValidationError)
    assert PolicyRelation.objects.count() == 3
    assert sorted(states().values()) == ["amended", "amended", "amended", "in_force"]
