"""The same two tasks as coroutines that take turns by `asyncio.sleep(0)`. Prints how many switches asyncio makes in a second."""
import asyncio
from time import perf_counter

TURNS = 250_000


async def idler(turns):
    for _ in range(turns):
        await asyncio.sleep(0)


async def ticker(turns):
    n = 0
    for _ in range(turns):
        await asyncio.sleep(0)
        n += 1


async def run(turns):
    await asyncio.gather(idler(turns), ticker(turns))


asyncio.run(run(TURNS // 10))
began = perf_counter()
asyncio.run(run(TURNS))
print(2 * TURNS / (perf_counter() - began))
