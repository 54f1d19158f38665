"""The process: its wire, threads, output, recorded steps, and end."""
