"""Run what the outbox holds: after a worker was down, or after a fault was mended."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from openness.core import clock, outbox


class Command(BaseCommand):
    """``drain_outbox [--retry]``."""

    help = "Run the outbox entries that are due, show the ones that fail, and forget those done a month ago."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="try failed entries now, before their time")

    def handle(self, *args: Any, retry: bool, **options: Any) -> None:
        if retry:
            outbox.OutboxEntry.objects.failing().update(due_at=clock.wall_now())
        drained = outbox.drain()
        forgotten = outbox.prune()
        self.stdout.write(f"{drained.done} done, {drained.failed} failed, {forgotten} forgotten")
        for entry in outbox.OutboxEntry.objects.failing():
            self.stdout.write(
                self.style.ERROR(f"  {entry} (attempt {entry.attempts}, next {entry.due_at:%F %T %Z}): ")
                + entry.last_error
            )
