"""The library of documents with many documents in it: what its page costs, and how that grows.

    python benchmarks/policy_library.py [--few 1000] [--many 10000] [--postgres]

Times depend on the machine; what to look at are the number of queries, which is the same for few and many
documents, and the ratio of the times: below that of the numbers of documents, since a part of a page never grows.
"""

import argparse
import os
import random
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ["DJANGO_SETTINGS_MODULE"] = "openness.settings.test"
NOW = "2026-11-19T10:00:00+08:00"
ROUNDS = 7
FIRST_POSITION = 1000  # below the department: its other pages stand before
QUESTIONS = {
    "first page": "/policies/",
    "an issuer": "/policies/?issuer=union",
    "three filters": "/policies/?year=2022&kind=notice&validity=in_force",
    "a topic, by number": "/policies/?topic=opening&order=number",
    "words": "/policies/?q=%E5%BC%80%E6%94%BE",
    "the last page": "/policies/?page=99999",
    "catalogue": "/policies/catalogue/",
    "feed": "/policies/feed.atom",
    "table": "/policies/catalogue.csv",
}


def main() -> None:
    """Measure each number of documents in a process and a database of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=1000)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    measured = [_measured(number, postgres=options.postgres) for number in (options.few, options.many)]
    ratio = options.many / options.few
    print(f"{options.few:,} and {options.many:,} documents ({ratio:.0f} times as many)")
    print(f"{'':<20}{'queries':>12}{'ms':>16}{'ratio':>8}")
    for name in QUESTIONS:
        (few_queries, few), (many_queries, many) = (each[name] for each in measured)
        times = f"{few * 1000:.0f} / {many * 1000:.0f}"
        print(f"{name:<20}{f'{few_queries} / {many_queries}':>12}{times:>16}{many / few:>8.1f}")


def _measured(number: int, *, postgres: bool) -> dict[str, tuple[int, float]]:
    with (
        _database(postgres=postgres) as url,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as child,
    ):
        return child.submit(_run, url, number).result()


@contextmanager
def _database(*, postgres: bool) -> Any:
    from tests.engines.postgres import find_binaries, running

    if postgres and (binaries := find_binaries()):
        with running(binaries) as url:
            yield url
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/library.sqlite3"


def _run(url: str, number: int) -> dict[str, tuple[int, float]]:
    os.environ["DATABASE_URL"] = url
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.OPENNESS_FROZEN_NOW = NOW
    settings.DEBUG = False  # it would keep every query
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    _make(number)
    return {name: _asked(address) for name, address in QUESTIONS.items()}


def _make(number: int) -> None:
    """Make documents of two departments and twelve other bodies, over eight years, with two topics each."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from wagtail.models import Locale, Page

    from home.models import DepartmentPage
    from openness.core.clock import CITY_TZ
    from openness.core.models.addresses import Address
    from openness.departments.models import Department, Topic
    from policies.entries import refresh_all
    from policies.enums import DocumentKind
    from policies.models import PolicyIssuer, PolicyPage, PolicyTopic
    from tests.policies.documents import found_library

    chance = random.Random(1)
    city, locale = found_library(), Locale.get_default()
    parent = DepartmentPage.objects.get(pk=city.culture.pk)
    for code, above in (("opening", ""), ("free", "opening"), ("late", "opening"), ("reading", "")):
        Topic.objects.create(code=code, name=code, parent_code=above, locale=locale)
    kind = ContentType.objects.get_for_model(PolicyPage)
    days = [date(2018, 1, 2) + timedelta(days=chance.randrange(3200)) for __ in range(number)]
    Page.objects.bulk_create(
        [
            Page(
                title=f"关于{chance.choice(['文化场馆', '体育场地', '图书馆'])}开放的通知之{position}",
                slug=f"document-{position}",
                path=Page._get_path(parent.path, parent.depth + 1, FIRST_POSITION + position),
                depth=parent.depth + 1,
                url_path=f"{parent.url_path}document-{position}/",
                content_type=kind,
                locale=locale,
                live=True,
            )
            for position in range(number)
        ],
        batch_size=500,
    )
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    pages = list(Page.objects.filter(slug__startswith="document-").order_by("path"))
    for page, day in zip(pages, days, strict=True):
        policy = PolicyPage(
            page_ptr_id=page.pk,
            number=f"泉文旅〔{day.year}〕{chance.randrange(1, 400)}号",
            document_kind=chance.choice(DocumentKind.values[:8]),
            written_on=day,
            effective_on=day,
            valid_until=date(day.year + 5, 1, 1) if chance.random() < 0.3 else None,
            first_public_at=datetime(day.year, day.month, day.day, 9, tzinfo=CITY_TZ),
        )
        policy.save_base(raw=True, force_insert=True)
    keys = [page.pk for page in pages]
    departments = list(Department.objects.all())
    PolicyIssuer.objects.bulk_create(
        [PolicyIssuer(page_id=key, department=chance.choice(departments), sort_order=0) for key in keys]
        + [
            PolicyIssuer(page_id=key, name=f"某市第{chance.randrange(12)}局", sort_order=1)
            for key in keys
            if chance.random() < 0.5
        ],
        batch_size=500,
    )
    topics = list(Topic.objects.exclude(code="opening"))
    PolicyTopic.objects.bulk_create(
        [PolicyTopic(page_id=key, topic=topic) for key in keys for topic in chance.sample(topics, 2)],
        batch_size=500,
    )
    Address.objects.bulk_create(
        [Address(kind="policies", locale=locale, slug=page.slug, page=page) for page in pages], batch_size=500
    )
    refresh_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _asked(address: str) -> tuple[int, float]:
    """Return the number of queries and the median time of an answer, in seconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()

    def answer() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address}: {response.status_code}")
        if response.streaming:
            list(response.streaming_content)

    answer()
    with CaptureQueriesContext(connection) as captured:
        answer()
    queries = len(captured)  # read now: the next request clears the log
    times = []
    for __ in range(ROUNDS):
        start = perf_counter()
        answer()
        times.append(perf_counter() - start)
    return queries, median(times)


if __name__ == "__main__":
    main()
