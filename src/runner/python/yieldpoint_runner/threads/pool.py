"""Threads that are used again and again, where a program is begun many times. What one run has kept for a thread, the next one finds."""
from _thread import allocate_lock, start_new_thread


class Pool:
    def __init__(self):
        self._idle = []

    def start(self, job):
        """Runs a function in a thread."""
        worker = self._idle.pop() if self._idle else _Worker(self._idle)
        worker.start(job)


class _Worker:
    def __init__(self, idle):
        self._idle = idle
        self._job = None
        self._go = allocate_lock()
        self._go.acquire()
        start_new_thread(self._run, ())

    def start(self, job):
        self._job = job
        self._go.release()

    def _run(self):
        while True:
            self._go.acquire()
            job, self._job = self._job, None
            job()
            del job
            self._idle.append(self)
