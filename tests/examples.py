"""How many examples a property test of whole conversations tries: few in the suite, many in `make soak`."""

import os

from hypothesis import HealthCheck, settings


def examples(few: int) -> settings:
    """Settings of a conversation test: `few` examples, or as many as EXAMPLES says; the school may be shared."""
    most = int(os.environ.get("EXAMPLES", few))
    return settings(max_examples=most, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
