/** Notes calls of the runtime's clocks and random numbers, whose results are not repeatable. Only replays need this. */
import { formatsBy } from "./datedObjects";
import { patch } from "./patches";
import { runtime } from "./replacements";

/** The name of each function in messages. */
const names = {
  performanceNow: "performance.now()",
  hrtime: "process.hrtime()",
  uptime: "process.uptime()",
  cpuUsage: "process.cpuUsage()",
  random: "Math.random()",
  randomUUID: "crypto.randomUUID()",
  webUUID: "crypto.randomUUID()",
  getRandomValues: "crypto.getRandomValues()",
  randomBytes: "crypto.randomBytes()",
  randomInt: "crypto.randomInt()",
  randomFillSync: "crypto.randomFillSync()",
  randomFill: "crypto.randomFill()",
} as const;

/** Notes every call from now on. @param note called before each call, with the name of the function */
export function installNoting(note: (call: string) => void): void {
  const noted = <T extends (...given: never[]) => unknown>(plain: T, call: string) =>
    function (this: unknown, ...given: Parameters<T>): unknown {
      note(call);
      return Reflect.apply(plain, this, given);
    };
  const functions = Object.entries(names).map(([name, call]) => [name, noted(runtime[name as keyof typeof names], call)]);
  const { hrtime, ...others } = Object.fromEntries(functions) as Record<string, object>;
  const bigint = noted(runtime.hrtime.bigint, "process.hrtime.bigint()");
  const formats = formatsBy((call) => note(call));
  patch({ ...others, ...formats, hrtime: Object.assign(hrtime as object, { bigint }), Date: notedDate(note) });
}

/** Notes only calls without arguments: a date that is given is repeatable. */
function notedDate(note: (call: string) => void): DateConstructor {
  const { Date: Plain } = runtime;
  return new Proxy(Plain, {
    apply(plain, self, given) {
      note("Date()");
      return Reflect.apply(plain, self, given);
    },
    construct(plain, given, target) {
      if (given.length === 0) note("new Date()");
      return Reflect.construct(plain, given, target);
    },
    get(plain, key, receiver) {
      if (key === "now") note("Date.now()");
      return Reflect.get(plain, key, receiver);
    },
  });
}
