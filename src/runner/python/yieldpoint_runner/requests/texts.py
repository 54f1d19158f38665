"""The texts of requests: as the program wrote them, with the names of resources and tasks."""
from ..values.preview import preview
from ..waiting.request import ACQUIRE, ALL, ANY, EVENT, HAND_OVER, JOIN, PUT, SLEEP, SPAWN, TAKE

_VERBS = {ACQUIRE: "acquire", TAKE: "take", EVENT: "wait"}
"""The operations whose text depends only on the object, so that it is cached."""
_OFTEN = (ACQUIRE, TAKE, EVENT, SLEEP)
_MOST_KNOWN = 1_000
_GROUPS = {ANY: "any", ALL: "all"}
_LONGEST = 200
_MOST_PARTS = 20


class RequestTexts:
    def __init__(self, engine):
        self._engine = engine
        self._known = {}

    def text_of(self, request):
        """A request as it was written, such as `put(jobs, 3)`."""
        code, object = request.operation, request.object
        if not (code in _OFTEN and (type(object) is int or type(object) is float)):
            return self._made(code, object, request)
        text = self._known.get((code, object))
        if text is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            text = self._known[code, object] = self._made(code, object, request)
        return text

    def _made(self, code, object, request):
        text = self._written(code, object, request)
        return text if len(text) <= _LONGEST else text[: _LONGEST - 2] + "…)"

    def _written(self, code, object, request):
        if code in _VERBS:
            return "%s(%s)" % (_VERBS[code], self._resource(object))
        if code == PUT:
            return "put(%s, %s)" % (self._resource(object), preview(request.value))
        if code == SLEEP:
            return "sleep(%s)" % preview(object)
        if code == JOIN:
            return "join(%s)" % self._task(object)
        if code == HAND_OVER:
            return "hand_over(%s)" % self._task(object)
        if code == SPAWN:
            return "spawn(%s)" % preview(request.value)
        if code in _GROUPS:
            parts = request.parts if type(request.parts) is tuple else ()
            return "%s(%s)" % (_GROUPS[code], ", ".join(preview(part) for part in parts[:_MOST_PARTS]))
        return preview(request.value)

    def _resource(self, number):
        resource = self._engine.resources.at(number) if type(number) is int else None
        return resource.name if resource is not None else "?"

    def _task(self, number):
        return self._engine.host.name_of(number) if type(number) is int and number >= 0 else "?"
