"""Runs Python generators as cooperative tasks, by the contract of the runner's wire (src/protocol/runner.ts). User code may
replace what it likes of the standard library, so what is needed at run time is taken when these modules are imported."""
