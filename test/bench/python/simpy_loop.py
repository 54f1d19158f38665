"""The same two tasks as processes of a SimPy simulation, each of which holds for one tick of its clock. Prints how many
times SimPy resumes a process in a second; nothing where SimPy is not there."""
import sys
from time import perf_counter

sys.path.append("/usr/lib/python3/dist-packages")  # where Debian's python3-simpy is, whichever Python this is
try:
    from SimPy.Simulation import Process, Simulation, hold
except ImportError:
    sys.exit()

TICKS = 50_000


class Idler(Process):
    def run(self):
        while True:
            yield hold, self, 1


class Ticker(Process):
    def run(self):
        n = 0
        while True:
            yield hold, self, 1
            n += 1


def run(ticks):
    simulation = Simulation()
    simulation.initialize()
    for kind in (Idler, Ticker):
        process = kind(sim=simulation)
        simulation.activate(process, process.run())
    simulation.simulate(until=ticks)


run(TICKS // 10)
began = perf_counter()
run(TICKS)
print(2 * TICKS / (perf_counter() - began))
