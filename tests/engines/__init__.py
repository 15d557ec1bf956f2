"""Real engines for the tests, started from what is installed and stopped with the run."""

import os

# Set by CI: an engine that is missing fails the run instead of skipping its tests.
REQUIRED = os.environ.get("OPENNESS_REQUIRE_ENGINES") == "1" or os.environ.get("CI") == "true"
