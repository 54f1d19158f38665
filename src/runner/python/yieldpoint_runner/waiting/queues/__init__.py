"""The containers of the engine: where tasks wait, and for what."""
