"""Orders that go round in a loop of states: see `src/core/explore/loops` and `src/runner/javascript/explore/states`."""
