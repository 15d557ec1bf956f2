"""The process that reads one file: its type is the argument, its content comes in, its text goes out in UTF-8.

It is started by `openness.media.reading`, for each file anew, and knows nothing of Django, the site or its secrets.
"""

import sys

from openness.media.limits import limit_this_process


def main(detected_type: str) -> int:
    """Read standard input and write its text, or why there is none; return the exit code."""
    limit_this_process()
    # What the readers of formats load counts, too.
    from openness.media.extraction import extract

    try:
        answer, code = extract(sys.stdin.buffer.read(), detected_type), 0
    # Readers of damaged files raise whatever they stumble over, and MemoryError at the limit.
    except Exception as error:  # noqa: BLE001
        answer, code = f"{type(error).__name__}: {error}"[:500], 1
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
