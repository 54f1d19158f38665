"""Coroutines under asyncio's own scheduler: three clients share a limited number of connections."""
import asyncio


async def client(name, connections, served):
    for request in range(2):
        async with connections:
            await asyncio.sleep(0.01)
            served.append(f"{name} {request}")
    return name


async def main():
    connections = asyncio.Semaphore(2)
    served = []
    names = await asyncio.gather(*(client(name, connections, served) for name in ("ann", "bob", "eve")))
    print(", ".join(names), "were served:", ", ".join(served))


if __name__ == "__main__":
    asyncio.run(main())
