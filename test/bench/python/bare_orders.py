"""
All 20 orders of the two-task lost update, again and again, by a bare depth-first search: what exploring is compared with. Each order runs on a
fresh instance of the module, by `exec` of its compiled code. Prints the orders per second.
"""
import sys
from time import perf_counter

with open(sys.argv[1]) as source:
    CODE = compile(source.read(), sys.argv[1], "exec")


def run(choices, allowed):
    scope = {}
    exec(CODE, scope)
    deposit = scope["deposit"]
    tasks = [deposit(), deposit()]
    ready = [0, 1]
    depth = 0
    while ready:
        position = 0
        if len(ready) > 1:
            if depth == len(choices):
                choices.append(0)
                allowed.append(len(ready))
            position = choices[depth]
            depth += 1
        task = ready.pop(position)
        try:
            tasks[task].send(None)
        except StopIteration:
            continue
        ready.append(task)
    return scope["account"]


def search_all(counts):
    choices, allowed, orders = [], [], 0
    while True:
        outcome = run(choices, allowed)
        counts[outcome] = counts.get(outcome, 0) + 1
        orders += 1
        while choices and choices[-1] + 1 == allowed[-1]:
            choices.pop()
            allowed.pop()
        if not choices:
            return orders
        choices[-1] += 1


counts, orders, began = {}, 0, perf_counter()
while perf_counter() < began + 1:
    orders += search_all(counts)
print(orders / (perf_counter() - began))
