"""The semantics of requests: a port of `src/core/waiting`, file by file."""
