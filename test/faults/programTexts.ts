/**
 * The same program in each language: it does to its process what the file `order` beside it says, and notes its process ids in `pids`.
 */

/** The step of a task in which the fault happens that is met at full speed. */
export const farStep = 60_000;

const javascript = `
const fs = require("node:fs");
const { spawn } = require("node:child_process");
const path = require("node:path");
const order = path.join(__dirname, "order");
fs.appendFileSync(path.join(__dirname, "pids"), process.pid + "\\n");

const faults = {
  "is suspended"() { process.kill(process.pid, "SIGSTOP"); },
  killed() { process.kill(process.pid, "SIGKILL"); for (;;); },
  segfault() { process.kill(process.pid, "SIGSEGV"); for (;;); },
  aborts() { process.abort(); },
  exits() { process.reallyExit(3); },
  closes() { for (const fd of [3, 4]) fs.closeSync(fd); },
  garbage() { for (const fd of [3, 4]) try { fs.writeSync(fd, Buffer.alloc(65536, 0xfe)); } catch {} },
  "leaves a child"() {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 1e6)"], { stdio: ["ignore", "ignore", "ignore", 3, 4] });
    fs.appendFileSync(path.join(__dirname, "pids"), child.pid + "\\n");
    process.exit(0);
  },
  "out of memory"() {
    for (const all = []; ; ) all.push(new Array(1000).fill(all.length));
  },
};

function read() {
  try {
    return fs.readFileSync(order, "utf8");
  } catch {
    return "";
  }
}

// Of several processes, one is the first.
function isFirst() {
  try {
    fs.renameSync(order, order + ".done");
    return true;
  } catch {
    return false;
  }
}

function at(phase) {
  const [where, fault] = read().split(":");
  if (where === phase && (phase === "explore" || isFirst())) faults[fault]();
}

at("load");

function* counts(last = 9) {
  at("process");
  for (let n = 1; n < last; n += 1) {
    yield n;
    if (n === 3) { at("step"); at("explore"); at("one order"); at("observed"); }
    if (n === ${farStep}) at("full speed");
  }
}

let shared = 0;

function works() {
  shared += 1;
  at("thread");
  shared += 1;
}

function broken(last) {
  at("spawn");
  return counts(last);
}

if (require.main === module) for (const tasks = [counts(), counts()]; tasks.length > 0; ) {
  const task = tasks.shift();
  if (!task.next().done) tasks.push(task);
}

module.exports = { counts, broken, works, at };
`;

const python = `
import os, signal, subprocess, sys

folder = os.path.dirname(os.path.abspath(__file__))
order = os.path.join(folder, "order")
with open(os.path.join(folder, "pids"), "a") as pids:
    pids.write("%d\\n" % os.getpid())


def pipes():
    for fd in range(3, 256):
        try:
            if os.readlink("/proc/self/fd/%d" % fd).startswith(("pipe:", "socket:")):
                yield fd
        except OSError:
            pass


def segfault():
    import ctypes
    ctypes.string_at(0)


def garbage():
    for fd in list(pipes()):
        try:
            os.write(fd, b"\\xfe" * 4096)
        except OSError:
            pass


def leaves():
    inherited = list(pipes())
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"], pass_fds=inherited)
    with open(os.path.join(folder, "pids"), "a") as pids:
        pids.write("%d\\n" % child.pid)
    os._exit(0)


def out_of_memory():
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))
    everything = []
    while True:
        everything.append(bytearray(1 << 20))


faults = {
    "is suspended": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "segfault": segfault,
    "aborts": os.abort,
    "exits": lambda: os._exit(3),
    "closes": lambda: os.closerange(3, 256),
    "garbage": garbage,
    "leaves a child": leaves,
    "out of memory": out_of_memory,
}


def read():
    try:
        with open(order) as text:
            return text.read()
    except OSError:
        return ""


# Of several processes, one is the first.
def is_first():
    try:
        os.rename(order, order + ".done")
        return True
    except OSError:
        return False


def at(phase):
    where, _, fault = read().partition(":")
    if where == phase and (phase == "explore" or is_first()):
        faults[fault]()


at("load")


def counts(last=9):
    at("process")
    for n in range(1, last):
        yield n
        if n == 3:
            at("step")
            at("explore")
            at("one order")
            at("observed")
        if n == ${farStep}:
            at("full speed")


shared = 0


def works():
    global shared
    shared += 1
    at("thread")
    shared += 1


def broken(last):
    at("spawn")
    return counts(last)


if __name__ == "__main__":
    tasks = [counts(), counts()]
    while tasks:
        task = tasks.pop(0)
        try:
            next(task)
            tasks.append(task)
        except StopIteration:
            pass
`;

export const texts = { JavaScript: { name: "program.cjs", text: javascript }, Python: { name: "program.py", text: python } };
