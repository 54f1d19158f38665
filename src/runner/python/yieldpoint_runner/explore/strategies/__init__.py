"""Which schedule is tried next: a port of the strategies of `src/core/explore`, file by file."""
