"""Contract tests: each kind of store against real servers, with faults injected on the way."""
