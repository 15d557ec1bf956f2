"""What the worker runs for core."""

from django_tasks import task, task_backends

from openness.core import clock, daily, outbox


@task()
def drain_outbox() -> dict[str, int]:
    """Drain the outbox; where entries failed, come back when the first of them may be tried again."""
    drained = outbox.drain()
    # A backend that runs tasks at once cannot wait; there the next publish or the command drains.
    if drained.retry_at and task_backends[drain_outbox.backend].supports_defer:
        drain_outbox.using(run_after=drained.retry_at).enqueue()
    return {"done": drained.done, "failed": drained.failed}


@task()
def run_daily() -> dict[str, list[str]]:
    """Run the rooms' daily jobs, and queue the next run whatever became of this one."""
    failed = daily.run_jobs()
    if task_backends[run_daily.backend].supports_defer:
        run_daily.using(run_after=daily.next_run(clock.wall_now())).enqueue()
    return {"failed": failed}


@daily.daily
def drain_and_prune_outbox() -> None:
    """Take up what a worker that died left behind, and forget what was done long ago."""
    outbox.drain()
    outbox.prune()
