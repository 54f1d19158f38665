import type { Program } from "./program";

const order = `
  const note = (text: string) => { say(text); return text; };
  const key = (text: string) => { say("key", text); return text; };
  class Base {
    constructor() { this.start(); }
    start() { say("base", Object.keys(this)); }
    set watched(value: unknown) { say("set", value); }
    get watched() { return undefined; }
  }
  class Derived extends Base {
    empty?: string;
    sure!: number;
    declare ambient: string;
    filled = note("filled");
    #hidden = note("hidden");
    [key("computed")] = note("value");
    ["plain"] = 1;
    1 = 2;
    static made = note("static");
    static bare?: string;
    static [key("s")] = note(Derived.made + " again");
    static #secret = note("secret");
    static { say("block", Derived.#secret); }
    arrow = () => this.filled + this.#hidden;
    constructor(readonly id: number, public name = "n", protected override readonly extra?: string) {
      say("before");
      super();
      say("after", this.arrow());
    }
  }
  // @ts-ignore
  class Covers extends Base { override watched = "w"; }
  say(new Derived(1).arrow());
  for (const name of [...Object.keys(new Derived(2)), ...Object.keys(Derived)]) say(name);
  say(Object.keys(new Covers()), Object.keys(new (class { a; b = 1; constructor(public c?: number) {} a2 = 3 })(1)));
  class Implicit extends Derived { own = this.name; }
  say(new Implicit(1).own);
  class Reads { first = 1; second = this.first + 1; constructor(public third = 3) { say(this.second, this.third); } }
  say(Object.keys(new Reads()));
  const made = [new (class { generator = function* () { yield "g"; } })()];
  function* go() { yield* made[0]!.generator(); class Local { x = "local"; constructor(readonly y: string) {} } yield new Local("y").x; yield new Local("z").y; }`;

const resets = `
  class A { constructor() { this.init(); } init() {} }
  class B extends A { x?: number; y!: number; z = 1; override init() { this.x = 5; this.y = 6; this.z = 7; } }
  const b = new B();
  say(b.x, b.y, b.z, Object.keys(b));
  class Nested extends A { x = 1; constructor(readonly q: string) { const f = () => q; if (q) { say("root"); } super(); say(f(), this.x, this.q); } }
  new Nested("q");`.replace(
  'const f = () => q; if (q) { say("root"); } super(); say(f(), this.x, this.q);',
  "super(); const f = () => q; say(f(), this.x, this.q);",
);

const accessors = `
  class Dial {
    accessor speed = 2;
    static accessor count = 5;
    accessor empty: string | undefined;
    accessor #inner = 3;
    accessor ["com" + "puted"] = 4;
    constructor(accessor1: number) { this.speed += accessor1; this.#inner++; }
    get inner() { return this.#inner; }
    *spin() { yield this.speed; yield Dial.count; }
  }
  const dial = new Dial(10);
  say(dial.speed, Dial.count++, Dial.count, dial.inner, (dial as any).computed, dial.empty, Object.keys(dial));
  say(Object.getOwnPropertyNames(Dial.prototype).sort());
  function* go() { for (const value of dial.spin()) yield String(value); }`;

/** When fields are created, and how. */
const all: readonly Program[] = [
  { about: "are defined for the newest target", main: order.replace("override watched", "watched") },
  { about: "are defined with es2022", main: order, options: { target: "es2022" } },
  { about: "are assigned with es2021", main: order, options: { target: "es2021" } },
  { about: "are assigned where it is said", main: order, options: { target: "esnext", useDefineForClassFields: false } },
  {
    about: "are defined in the constructor where the target has none",
    main: order,
    options: { target: "es2021", useDefineForClassFields: true },
  },
  { about: "without a value reset what a method set", main: resets },
  { about: "without a value are none with es2017", main: resets, options: { target: "es2017" } },
  { about: "without a value are none where they are assigned", main: resets, options: { useDefineForClassFields: false } },
  { about: "with accessor are a pair of methods", main: accessors },
  { about: "with accessor, assigned", main: accessors, options: { target: "es2020" } },
  { about: "with accessor and the older decorators", main: accessors, options: { experimentalDecorators: true } },
];

/** Decorators and computed names of any kind, which the types would not permit. */
export const fields = all.map((program) => ({ ...program, isUnchecked: true }));
