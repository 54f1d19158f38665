"""Finds the positions of `yield` expressions in f-strings, which the parser gets wrong before 3.12."""
import ast
import io
import re
import tokenize

_YIELDS = (ast.Yield, ast.YieldFrom)
_OPENING = re.compile(r"([A-Za-z]*)(\"\"\"|'''|\"|')")
_WORD = re.compile(r"yield\b")


def places_in_strings(tree, source):
    """For each `yield` in an f-string, its line and byte offset; empty if they cannot be matched to the tree."""
    lines = source.splitlines(True)
    places = {}
    for string in _outermost(tree):
        nodes = [node for node in _in_order(string) if isinstance(node, _YIELDS)]
        found = _found_in(string, lines) if nodes else []
        if len(found) == len(nodes):
            places.update(zip(nodes, found))
    return places


def _outermost(node):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.JoinedStr):
            yield child
        else:
            yield from _outermost(child)


def _in_order(node):
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)


def _found_in(string, lines):
    """The words in the source of an f-string, which may consist of several adjacent literals."""
    first, last = string.lineno, string.end_lineno
    text = [line.encode("utf-8") for line in lines[first - 1 : last]]
    text[-1] = text[-1][: string.end_col_offset]
    text[0] = text[0][string.col_offset :]
    shift = string.col_offset - 1
    found = []
    # In parentheses, because it may extend over several lines.
    for token in tokenize.generate_tokens(io.StringIO("(%s)" % b"".join(text).decode("utf-8")).readline):
        if token.type == tokenize.STRING:
            for offset in _words(token.string):
                before = token.string[:offset].split("\n")
                line = token.start[0] + len(before) - 1
                column = len((token.line[: token.start[1]] + before[0] if len(before) == 1 else before[-1]).encode("utf-8"))
                found.append((first + line - 1, column + (shift if line == 1 else 0)))
    return found


def _words(literal):
    """The offsets of the words in a literal's replacement fields."""
    prefix, quotes = _OPENING.match(literal).groups()
    if "f" not in prefix.lower():
        return
    depth, at, end = 0, len(prefix) + len(quotes), len(literal) - len(quotes)
    while at < end:
        character = literal[at]
        if depth == 0 and literal[at : at + 2] in ("{{", "}}"):
            at += 2
            continue
        if character in "{[(" and (depth > 0 or character == "{"):
            depth += 1
        elif character in "}])" and depth > 0:
            depth -= 1
        elif depth > 0 and character in "\"'" and literal[at - 1] not in "fF":
            at = max(literal.find(character, at + 1, end), at)
        elif depth > 0 and _WORD.match(literal, at) and not (literal[at - 1].isalnum() or literal[at - 1] == "_"):
            yield at
        at += 1
