"""What the reading of one file may take, whoever made the file."""

import resource
import signal

# Seconds, by the clock and of the processor.
MAX_SECONDS = 30
# Address space: Python, PDFium and the readers of Office files themselves take less than 50 MB of it.
MAX_MEMORY = 512 * 1024 * 1024
# Enough for a thousand pages; what comes behind is not searched.
MAX_TEXT_LENGTH = 2_000_000
# The longest text in UTF-8.
MAX_OUTPUT_SIZE = 4 * MAX_TEXT_LENGTH


def limit_this_process() -> None:
    """Give this process up to the limits, for good; the system kills it at the end of its time.

    The alarm also ends a process that nobody waits for any more.
    """
    for kind, limit in (
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CPU, MAX_SECONDS),
        (resource.RLIMIT_FSIZE, MAX_OUTPUT_SIZE),
        (resource.RLIMIT_CORE, 0),
    ):
        # Whoever runs the worker may have set a lower one.
        _, highest = resource.getrlimit(kind)
        lowest = limit if highest == resource.RLIM_INFINITY else min(limit, highest)
        resource.setrlimit(kind, (lowest, lowest))
    signal.alarm(MAX_SECONDS)
