"""What can be read of an object without running user code: its type, its name, its own attributes. Only the interpreter's own
descriptors are used, so that no `__getattribute__`, property or metaclass is called."""
import builtins
from types import GetSetDescriptorType, MemberDescriptorType
from weakref import ref

mro = type.__dict__["__mro__"].__get__
_class_dict = type.__dict__["__dict__"].__get__
type_name = type.__dict__["__name__"].__get__
_flags = type.__dict__["__flags__"].__get__
_HEAP_TYPE = 1 << 9
_DESCRIPTORS = (GetSetDescriptorType, MemberDescriptorType)
_LONGEST_NAME = 60
_EXCEPTION_GROUP = getattr(builtins, "BaseExceptionGroup", None)


def class_dicts(kind):
    """The namespaces of a class and its bases, in the order in which attributes are looked up."""
    return [_class_dict(base) for base in mro(kind)]


def name_of(kind):
    """The name of a class, cut to a maximum length."""
    return type_name(kind)[:_LONGEST_NAME]


def is_builtin(kind):
    """Whether a class is built in, and not created by a class statement."""
    return not _flags(kind) & _HEAP_TYPE


def defines(kind, name):
    """Whether a class or one of its bases has this attribute."""
    return any(name in namespace for namespace in class_dicts(kind))


def class_data(kind, name):
    """A class attribute as it is stored in the namespace, or None."""
    for namespace in class_dicts(kind):
        if name in namespace:
            return namespace[name]
    return None


def class_attribute(kind, name, default):
    """What an object of a class has for an attribute that it has not set itself, or the default."""
    for namespace in class_dicts(kind):
        if name in namespace:
            return default if type(namespace[name]) in _DESCRIPTORS else namespace[name]
    return default


def instance_dict(value):
    """The object's own `__dict__`; empty if it has none."""
    own = own_reader(type(value))(value)
    return own if issubclass(type(own), dict) else {}


def own_reader(kind):
    """A function that reads the `__dict__` of the instances of a class; it gives None if they have none."""
    for namespace in class_dicts(kind):
        descriptor = namespace.get("__dict__")
        if type(descriptor) in _DESCRIPTORS:
            return descriptor.__get__
    return _none


def _none(_value):
    return None


def weakly(value):
    """A function that gives the object as long as it is there, without keeping it alive; None if its class does not permit that."""
    try:
        return ref(value)
    except TypeError:
        return _nothing


def _nothing():
    return None


def attributes(value):
    """The object's own attributes as pairs of name and value: its slots, then its `__dict__`."""
    found = [(name, item) for name, member in slots_of(type(value)) for item in filled_slot(member, value)]
    own = instance_dict(value)
    found.extend((attribute_name(name), item) for name, item in dict.items(own))
    return found


def attribute_name(name):
    """A key of a namespace as text. Keys are almost always strings."""
    return name[:_LONGEST_NAME] if type(name) is str else "<key that is no str>"


def grouped_in(error):
    """The exceptions in an exception group; empty for other exceptions."""
    if _EXCEPTION_GROUP is None or not issubclass(type(error), _EXCEPTION_GROUP):
        return ()
    return _EXCEPTION_GROUP.exceptions.__get__(error)


def slots_of(kind):
    """The slots of the instances of a class, with their descriptors."""
    return [
        (name, member)
        for namespace in reversed(class_dicts(kind))
        if "__slots__" in namespace
        for name, member in namespace.items()
        if type(member) is MemberDescriptorType and not name.startswith("__")
    ]


def filled_slot(member, value):
    """The content of a slot of an object, as the only element; nothing if it was not set."""
    try:
        return (member.__get__(value),)
    except AttributeError:
        return ()
