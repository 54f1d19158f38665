"""The process: its wire, its threads, what it prints, what it records, how it ends."""
