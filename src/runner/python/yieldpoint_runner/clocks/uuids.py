"""What the module `uuid` takes from the system for UUIDs of version 1, and what it keeps of earlier ones."""
import sys

from ..values.objects import instance_dict


def replace_generator(patches, replaced):
    """
    Replaces the interpreter's function that makes these UUIDs. Where there is none, `uuid1` reads `time.time_ns`.

    :param replaced: makes the replacement of the plain function
    """
    try:
        import _uuid
    except ImportError:
        return
    plain = getattr(_uuid, "generate_time_safe", None)
    if plain is None:
        return
    generator = replaced(plain)
    patches.put(_uuid, "generate_time_safe", generator)
    loaded = sys.modules.get("uuid")
    if loaded is not None and instance_dict(loaded).get("_generate_time_safe") is plain:
        patches.put(loaded, "_generate_time_safe", generator)


def forget_uuids():
    """Lets a run make the same UUIDs as an earlier one."""
    loaded = sys.modules.get("uuid")
    if loaded is None:
        return
    kept = instance_dict(loaded)
    for name in [name for name in kept if name.startswith("_last_timestamp")]:
        setattr(loaded, name, None)
    node = kept.get("_node")
    if type(node) is int and node >> 40 & 1:
        loaded._node = None  # a random number, since the machine has no address


class Uuids:
    """UUIDs of version 1 in one run under virtual time."""

    def __init__(self, start, drawn):
        """
        :param start: when the run begins, in seconds since 1970
        :param drawn: 8 random bytes
        """
        self._start = _EPOCH + start * 10_000_000
        self._last = 0
        self._sequence = (0x8000 | int.from_bytes(drawn[:2], "big") & 0x3FFF).to_bytes(2, "big")
        self._node = bytes((drawn[2] | 1,)) + drawn[3:]

    def next(self, millis, node):
        """
        The bytes of the next one.

        :param millis: since the run began
        :param node: the address of the machine, or a random one where it has none
        """
        self._last = time = max(self._last + 1, self._start + round(millis * 1e4))
        low, middle, high = time & 0xFFFFFFFF, time >> 32 & 0xFFFF, 0x1000 | time >> 48 & 0x0FFF
        moment = low.to_bytes(4, "big") + middle.to_bytes(2, "big") + high.to_bytes(2, "big")
        return moment + self._sequence + (self._node if node[0] & 1 else node)


"""From 1582, with which the time of UUIDs begins, to 1970; in tenths of a microsecond."""
_EPOCH = 0x01B2_1DD2_1381_4000
