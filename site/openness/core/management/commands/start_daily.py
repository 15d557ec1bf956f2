"""Make sure that the daily jobs run: call it whenever a worker is started."""

from typing import Any

from django.core.management.base import BaseCommand
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from openness.core.tasks import run_daily


class Command(BaseCommand):
    """Queue the daily jobs for now; from then on each run queues the next one."""

    help = "Queue the daily jobs (hours of the new day, memberships, outbox) for now and every night."

    def handle(self, *args: Any, **options: Any) -> None:
        # One chain of runs only: a run that waits for the night is replaced by one that runs now.
        DBTaskResult.objects.filter(task_path=run_daily.module_path, status=TaskResultStatus.READY).delete()
        run_daily.enqueue()
