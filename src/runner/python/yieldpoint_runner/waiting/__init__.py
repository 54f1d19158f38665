"""What requests mean: a port of `src/core/waiting`, file by file, and what stands between it and the tasks."""
