"""The tasks of `waiting.py` as coroutines of asyncio. Prints how many times in a second what the argument names happens."""
import asyncio
import sys
from time import perf_counter

PAIRS = 50_000
SLEEPERS = 1_000
SLEEPS = 50


async def mutex_pairs():
    lock = asyncio.Lock()

    async def locker():
        for _ in range(PAIRS // 2):
            async with lock:
                await asyncio.sleep(0)

    await asyncio.gather(locker(), locker())
    return PAIRS


async def channel_pairs():
    jobs = asyncio.Queue(1)

    async def producer():
        for _ in range(PAIRS):
            await jobs.put(1)

    async def consumer():
        for _ in range(PAIRS):
            await jobs.get()

    await asyncio.gather(producer(), consumer())
    return PAIRS


async def sleepers():
    async def sleeper():
        for _ in range(SLEEPS):
            await asyncio.sleep(0.001)

    await asyncio.gather(*(sleeper() for _ in range(SLEEPERS)))
    return SLEEPERS * SLEEPS


async def measure(program):
    await program()
    began = perf_counter()
    count = await program()
    print(count / (perf_counter() - began))


asyncio.run(measure(globals()[sys.argv[1]]))
