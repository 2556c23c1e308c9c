"""How many examples a property test of whole conversations tries: few in the suite, many in `make soak`."""

import os

from hypothesis import HealthCheck, settings

# What EXAMPLES says; 0 where it says nothing.
MOST = int(os.environ.get("EXAMPLES", "0"))


def examples(few: int) -> settings:
    """Settings of a conversation test: `few` examples, or as many as EXAMPLES says; the school may be shared."""
    most = MOST or few
    return settings(max_examples=most, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
