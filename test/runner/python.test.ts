import assert from "node:assert/strict";
import type { RunnerClient } from "./client";
import { pythons, supported } from "./pythons";
import { refusal } from "./refusal";
import { everyRunner, type RunnerUnderTest, tooOld } from "./runners";
import { endAll, programFile, start, startAlone, startBare } from "./starting";

/** Where a task is suspended, outermost first: `function line:column`. */
async function stack(client: RunnerClient, task: number): Promise<string[]> {
  const { frames } = await client.ask("inspect", { task });
  return frames.map(({ function: name, line, column }) => `${name} ${line}:${column}`);
}

/** The preview of every expression, when a task yields it. */
async function previews(runner: RunnerUnderTest, expressions: readonly string[]): Promise<string[]> {
  const client = await start(runner, "values", ...expressions.map((expression) => `give(${expression})`));
  await client.run(1, ...expressions.keys());
  assert.equal((await client.ask("evaluate", { expression: "asked" })).text, "[]", "Code of the user's ran.");
  return client.steps.map(({ value }) => value);
}

const range = (from: number, end: number) => Array.from({ length: end - from }, (_, at) => from + at).join(", ");

const notation: readonly (readonly [expression: string, preview: string])[] = [
  ["None", "None"],
  ["1 == 1", "True"],
  ["'it\\'s'", `"it's"`],
  ["b'ab'", "b'ab'"],
  ["10 ** 5000", "(an int of 16610 bits)"],
  ["2 ** 333", `${2n ** 333n}`],
  ["-(10 ** 149)", `-1${"0".repeat(149)}`],
  ["-(10 ** 150)", `-1${"0".repeat(98)}… (151 digits)`],
  ["slice(1, 2)", "slice(1, 2)"],
  ["slice(None, [1], -1)", "slice(None, [1], -1)"],
  ["re.match('(?P<first>a)b?', 'abc')", "<Match span=(0, 2), match='ab', first='a'>"],
  ["array.array('i', [1, 2])", "array('i', [1, 2])"],
  ["array.array('b', bytes(1000))", `array('b', [${"0, ".repeat(64)}… 936 more])`],
  ["memoryview(b'ab')", "<memory b'ab'>"],
  ["memoryview(array.array('i', [1]))", "<memory of 4 bytes>"],
  ["functools.partial(give, 1, key=[2])", "partial(<function give>, 1, key=[2])"],
  ["types.MappingProxyType({'a': 1})", "mappingproxy({'a': 1})"],
  ["types.SimpleNamespace(a=1)", "<SimpleNamespace a=1>"],
  ["pathlib.PureWindowsPath('a')", "PureWindowsPath('a')"],
  ["datetime.datetime(2020, 1, 2, tzinfo=Zone())", "datetime.datetime(2020, 1, 2, 0, 0, tzinfo=<Zone object>)"],
  ["Secret()", "Secret(shown=1)"],
  ["types.MappingProxyType({(1,): b'x', None: 2})", "mappingproxy({(1,): b'x', None: 2})"],
  ["types.MappingProxyType(collections.UserDict(a=1))", "mappingproxy(<UserDict data={'a': 1}>)"],
  ["collections.defaultdict(list, a=[1])", "defaultdict(<class list>, {'a': [1]})"],
  ["collections.defaultdict(None, a=1)", "defaultdict(None, {'a': 1})"],
  ["collections.defaultdict(lambda: 0)", "defaultdict(<function <lambda>>, {})"],
  ["collections.ChainMap({'a': 1}, {'b': 2})", "ChainMap({'a': 1}, {'b': 2})"],
  ["collections.Counter('aab')", "Counter({'a': 2, 'b': 1})"],
  ["collections.Counter()", "Counter()"],
  ["collections.OrderedDict(a=1)", "OrderedDict({'a': 1})"],
  ["collections.OrderedDict()", "OrderedDict()"],
  ["collections.deque([1, 2], maxlen=3)", "deque([1, 2], maxlen=3)"],
  ["collections.deque(range(500), 300)", `deque([${range(200, 239)}, … 261 more], maxlen=300)`],
  ["array.array('i')", "array('i')"],
  ["itertools.count(3, 2)", "count(3, 2)"],
  ["itertools.count(Number(3), Number(2))", "<count object>"],
  ["itertools.repeat('a', 3)", "repeat('a', 3)"],
  ["itertools.repeat(Hostile())", "<repeat object>"],
  ["operator.itemgetter(1, 'b')", "operator.itemgetter(1, 'b')"],
  ["operator.itemgetter(Hostile())", "<itemgetter object>"],
  ["operator.attrgetter('a.b')", "operator.attrgetter('a.b')"],
  ["weakref.ref(give)", "<weakref to 'function'>"],
  ["weakref.ref(Item())", "<weakref; dead>"],
  ["threading.Lock()", "<unlocked lock>"],
  ["held(threading.RLock())", "<locked RLock count=1>"],
  ["Money('1.5')", "Money(Decimal('1.5'))"],
  ["Number(3)", "Number(3)"],
  ["Turn(1, 2)", "Turn((1+2j))"],
  ["Buffer(b'ab')", "Buffer(bytearray(b'ab'))"],
  ["Pair(1, 2)", "Pair(x=1, y=2)"],
  ["range(0, 10, 2)", "range(0, 10, 2)"],
  ["Preset(1)", "Preset(a=1, b=5, c=[])"],
  ["type.__call__(metaclassed)", "<Odd object>"],
  ["{'a': 1}.keys()", "dict_keys(['a'])"],
  ["decimal.Decimal('1.5')", "Decimal('1.5')"],
  ["fractions.Fraction(1, 2)", "Fraction(1, 2)"],
  ["'x' * 50_000_000", `'${"x".repeat(100)}'… (50000000 characters)`],
  ["[]", "[]"],
  ["(1,)", "(1,)"],
  ["{'a': [1], 2: (3, 4)}", "{'a': [1], 2: (3, 4)}"],
  ["set()", "set()"],
  ["frozenset([1])", "frozenset({1})"],
  ["['v' * 150] * 1000", `['${"v".repeat(100)}'… (150 characters), … 999 more]`],
  ["cyclic", "[1, [...]]"],
  ["nested", "[[[[…]]]]"],
  ["Point(1, y=2)", "Point(x=1, y=2)"],
  ["Item()", "Item(a=1, b=(2,))"],
  ["Slotted()", "<Slotted a=1>"],
  ["Color.RED", "<Color.RED: 1>"],
  ["NumpyLike()", "<NumpyLike shape=(2, 3)>"],
  ["caused()", "KeyError('k')"],
  ["give(1)", "<generator give>"],
  ["give", "<function give>"],
  ["Item", "<class Item>"],
  ["collections", "<module collections>"],
  ["collections.deque([1])", "deque([1])"],
  ["Hostile()", "<Hostile object>"],
  ["Listing([1, 2])", "Listing([1, 2])"],
  ["Mapping(a=1)", "Mapping({'a': 1})"],
  ["Failure('f')", "Failure('f')"],
];

for (const runner of everyRunner.filter(({ language }) => language === "python")) {
  describe(`${runner.name} runner, Python only`, () => {
    afterEach(endAll);

    it("finds the `def` below decorators, and columns in the editor's units", async () => {
      const client = await start(runner, "points", "late()", "inner(1)");
      assert.deepEqual(await stack(client, 0), ["late 40:1"]);
      await client.run(1, 1);
      // Before 3.11 the column is computed from the source; an emoji before it counts as two characters.
      assert.deepEqual(await stack(client, 1), ["inner 16:12"]);
    });

    it("shows values in Python's notation, without running their code", async () => {
      const expected = notation.map(([, preview]) => preview);
      assert.deepEqual(
        await previews(
          runner,
          notation.map(([expression]) => expression),
        ),
        expected,
      );
    });

    it("shows where an error was raised and what caused it", async () => {
      const client = await start(runner, "points", "broken()");
      await client.run(1, 0, 0);
      const { value } = await client.ask("inspect", { task: 0 });
      const { properties } = await client.ask("expand", { handle: value?.handle ?? -1, start: 0, count: 9 });
      const children = new Map(properties.map(({ name, value: child }) => [name, child.text]));
      assert.equal(children.get("args"), "('k',)");
      assert.match(children.get("raised at") ?? "", /points\.py:46 in broken$/);
      assert.equal(children.get("__cause__"), "ValueError('v')");
    });

    it("assigns what is written below Python to its step", async () => {
      const client = await start(runner, "prints", "beneath()");
      await client.run(1, 0, 0);
      assert.equal(client.printed("stdout", 1), "by descriptor\n");
      assert.equal(client.printed("stdout", 2), "by a child\n");
      assert.equal(client.printed("stderr", 2), "to stderr\n");
    });

    it("assigns what a thread prints to no step that never ran", async () => {
      // Its thread, and how often threads switch, would outlive it in a runner that is used again.
      const client = await startAlone(runner, "prints", "crowded()");
      for (let step = 1; step <= 2; step += 1) {
        await client.run(step, 0);
        const steps = client.events.map((event) => (event.event === "output" ? event.step : 0));
        assert.ok(Math.max(...steps) <= step, `step ${Math.max(...steps)} of ${step}`);
      }
    });

    it("treats sys.exit in a task as an exception of that task", async () => {
      const client = await start(runner, "exits", "gives_up()", "steady()");
      assert.deepEqual(await client.run(1, 0, 0), { ran: 2, stopped: "threw" });
      assert.equal(client.steps.at(-1)?.value, "SystemExit(3)");
      await client.run(3, 1);
    });

    it("loads a module under its name in its package", async () => {
      const client = await start(runner, "package/inner/module", "give()");
      await client.run(1, 0);
      assert.equal(client.steps[0]?.value, "(5, 'package.inner.module', 'package.inner')");
    });

    it("names the interpreter in which to install a missing package", async () => {
      const client = startBare(runner);
      const { executable } = await client.hello();
      const failure = await refusal(client.ask("load", { file: programFile(runner, "missingPackage") }));
      assert.ok(failure.remedy?.includes(executable), failure.remedy);
    });
  });
}

describe("Python", () => {
  for (const runner of tooOld) {
    it(`rejects ${runner.name}, with the supported versions and a remedy`, async () => {
      const failure = await refusal(startBare(runner).hello());
      assert.equal(failure.code, "version");
      assert.match(failure.message, /need Python 3\.8 or newer; .* is Python [23]\.\d/);
      assert.match(failure.remedy ?? "", /^Name a newer interpreter/);
    });
  }
  if (tooOld.length === 0) it("refuses a version that is too old: none is on this machine");

  for (const minor of supported.filter((each) => !pythons.some((python) => python.minor === each))) {
    it(`runs on ${minor}: it is not on this machine`);
  }
});
