"""The engine's containers: the resources, and the queues in which tasks wait for them."""
