import type { Program } from "./program";

const standard = `
  const log = (name: string) => { say("evaluate", name); return (value: any, context: any) => {
    say("apply", name, context.kind, String(context.name), String(context.static), String(context.private), typeof value);
    context.addInitializer?.(function (this: any) { say("init", name, typeof this); });
    if (context.kind === "field") return (initial: any) => { say("field", name, initial); return initial ?? name; };
    if (context.kind === "accessor") return { get(this: any) { return "got " + value.get.call(this); }, init: (x: any) => x + 1 };
    if (context.kind === "method") return function (this: any, ...args: any[]) { return value.apply(this, args); };
  }; };
  @log("class")
  class Jobs {
    @log("method") @log("inner") *first() { yield "1"; yield String(this.field); }
    @log("getter") get size() { return 4; }
    @log("setter") set size(value: number) { say("set", value); }
    @log("field") field = 1;
    @log("bare") bare?: string;
    @log("accessor") accessor speed = 2;
    @log("private") #secret() { return "secret"; }
    @log("static") static make() { return new Jobs("made"); }
    @log("static field") static shared = 3;
    @log("computed") ["com" + "puted"]() { return 5; }
    static { say("block", typeof Jobs); }
    constructor(readonly name: string) { say("constructor", this.field, this.name); }
    reveal() { return this.#secret(); }
  }
  const jobs = Jobs.make();
  say(jobs.bare, jobs.speed, jobs.size, jobs.reveal(), Jobs.shared, (jobs as any).computed(), jobs.name, Object.keys(jobs));
  jobs.size = 9;
  function* go() { yield* jobs.first(); }`;

/** Static members, in the order in which they are decorated and initialized. */
const statics = (decorated: string) => `
  const log = (name: string) => { say("evaluate", name); return (value: any, context: any) => {
    say("apply", name, context.kind, String(context.name));
    context.addInitializer?.(function (this: any) { say("init", name, typeof this); });
    if (context.kind === "field") return (initial: any) => { say("field", name, initial); return initial ?? name; };
    if (context.kind === "accessor") return { init: (x: any) => { say("accessor", name); return x + 1; } };
  }; };
  const made = (x: unknown) => { say("made", x); return x; };
  ${decorated} class Jobs {
    static before = made("before");
    @log("shared") static shared = made(3);
    static { say("block", typeof Jobs); }
    @log("speed") static accessor speed = made(5);
    @log("pace") accessor pace = made(2);
    @log("field") field = made(1);
    @log("make") static make() { return new Jobs(); }
    static after = made("after");
    @log("constant") static ["con" + "stant"] = made(7);
    @log("named") ["na" + "med"]() {}
    @log("bare") static bare?: string;
    @log("secret") static #secret = made(6);
    static { say("block", Jobs.#secret); }
    *go() { yield String(this.pace); }
  }
  const jobs = Jobs.make();
  say(jobs.pace, jobs.field, Jobs.shared, Jobs.speed, Jobs.bare);
  function* go() { yield* jobs.go(); }`;

const replaced = `
  function wrapped<T extends new (...args: any[]) => object>(target: T, context?: unknown): T {
    return { [target.name]: class extends target { extra = "extra"; } }[target.name] as unknown as T;
  }
  export @wrapped class Plain { static self = () => Plain; who() { return new Plain(); } static same(x: unknown) { return x === Plain; } *[Symbol.iterator]() { yield "it"; } }
  @wrapped export default class Main { static one = 1; two = Main.one; }
  say((new Plain() as any).extra, Plain.self() === Plain, (new Plain().who() as any).extra, Plain.same(Plain), Plain.name, Main.name, new Main().two);
  const Expression = @wrapped class Inner { x = 1; };
  say((new Expression() as any).extra, Expression.name);
  function inside() { @wrapped class Local { y = 2; } return new Local(); }
  say((inside() as any).extra);
  namespace N { @wrapped export class InNamespace { static z = 1; } export const made = new InNamespace(); }
  say((N.made as any).extra, N.InNamespace.z);
  function* go() { yield* new Plain(); }`;

const replacedLegacy = replaced.replace(/const Expression[\s\S]*?Expression.name\);/, "");

const asserted = `
  const maybe: any = (value: any) => { say("called", typeof value); };
  const set: { mark?: any; of?: any; all?: { of?: any } } = { mark: maybe, of: () => maybe, all: { of: (name: string) => { say(name); return maybe; } } };
  @maybe! class First { @set.mark! run() {} @set.all!.of!("field") x = 1; @set.of!<string>()! y = 2; }
  @set.all!
    .of("lines") class Second { *go() { yield "it"; } }
  @maybe! declare class Third { run(): void }
  say(typeof First, new First().x);
  function* go() { yield* new Second().go(); }`;

const legacy = `
  const log = (name: string) => { say("evaluate", name); return (...args: any[]) => {
    say("apply", name, args.length, typeof args[0], String(args[1]), typeof args[2], args[0] === (Jobs as any)?.prototype);
  }; };
  const column = (name: string) => (target: object, key: string) => Object.defineProperty(target, key, {
    get(this: any) { return this["_" + key] ?? name; }, set(this: any, value) { say("set", key, value); this["_" + key] = value; }, configurable: true,
  });
  var Jobs: any;
  @log("class")
  class Work {
    @log("method") *first(@log("p0") a?: string, @log("p1") ...b: string[]) { yield "1"; yield String(this.field); }
    @log("getter") get size() { return 4; }
    set size(value: number) { say("setter", value); }
    @log("field") field = 1;
    @column("none") limit!: number;
    @column("filled") filled: number = 6;
    @column("ambient") declare ambient: string;
    @log("accessor") accessor speed = 2;
    @log("static") static make(): Work { return new Work("made", 1); }
    @log("static field") static shared = 3;
    @log("computed") ["com" + "puted"]() { return 5; }
    @log("text") "with space"() { return 7; }
    static { say("block", typeof Work); }
    constructor(@log("c0") readonly name: string, @log("c1") other: number) { say("constructor", this.field, this.name, other); }
  }
  Jobs = Work;
  const jobs = Work.make();
  say(jobs.speed, jobs.size, Work.shared, (jobs as any).computed(), jobs.name, jobs.limit, jobs.filled, jobs.ambient, Object.keys(jobs));
  function replace(target: any, key: string, descriptor: PropertyDescriptor) { return { ...descriptor, value: function* () { yield "replaced"; } }; }
  class Other { @replace *gone() { yield "gone"; } }
  function* go() { yield* jobs.first(); yield* new Other().gone(); }`.replace(
  '@log("p1") ...b: string[]',
  '@log("p1") b?: string[]',
);

const metadata = `
  const seen: [string, unknown][] = [];
  (Reflect as any).metadata = (key: string, value: unknown) => (target: any, name?: string) => {
    const show = (type: any): string => Array.isArray(type) ? "[" + type.map(show).join() + "]" : type === undefined ? "undefined" : type.name;
    say(key, name ?? target.name, show(value));
  };
  const mark: any = () => {};
  interface Shape { x: number }
  type Text = string;
  type Maybe = Text | undefined | null;
  type Mixed = string | number;
  enum Level { A, B }
  enum Word { A = "a" }
  class Later {}
  namespace Names { export type Text = string; export enum Level { A, B = "b" } export interface Shape {} export class Made {} }
  @mark
  class Service<T> {
    @mark text!: string; @mark count = 1; @mark flag?: boolean; @mark list: string[] = []; @mark pair!: [number, string];
    @mark date!: Date; @mark shape!: Shape; @mark alias!: Text; @mark maybe: Maybe; @mark mixed!: Mixed; @mark level!: Level; @mark word!: Word;
    @mark call!: () => void; @mark big!: bigint; @mark sym!: symbol; @mark any: any; @mark unknown: unknown; @mark param!: T; @mark promise!: Promise<void>;
    @mark map!: Map<string, number>; @mark literal!: "a" | "b"; @mark template!: \`a\${string}\`; @mark nothing!: null; @mark tuple!: readonly number[]; @mark later!: Later;
    @mark untyped; @mark conditional!: T extends string ? number : string; @mark object!: { a: 1 }; @mark never!: never; @mark cls!: typeof Later; @mark self!: Service<T>;
    @mark none!: Date | null; @mark maybe2!: string | undefined; @mark empty!: string | void; @mark never2!: string | never; @mark both2!: string & unknown; @mark both3!: string & never;
    @mark type!: Names.Text; @mark inner!: Names.Level; @mark hidden!: Names.Shape; @mark made!: Names.Made; @mark one!: Level.A; @mark word1!: Word.A; @mark word2!: Names.Level.B;
    @mark read!: ReadonlyArray<string>; @mark unique!: unique symbol; @mark nulls!: null | undefined; @mark maybeLevel!: Level | null;
    @mark asserted(a: string | null): asserts a {}
    @mark checked(a: unknown): a is string | undefined { return true; }
    @mark method(a: string, b: number, c?: boolean, ...rest: number[]): Promise<number> { return Promise.resolve(rest.length); }
    @mark plain(a, b: Later) {}
    @mark async later2() {}
    @mark get both(): string { return ""; } set both(value: string) {}
    constructor(a: Date, @mark b: Later, private c: Level, d: Mixed) {}
    only(@mark a: string) { return a; }
    none(a: string) { return a; }
  }
  @mark class NoConstructor {}
  class ParametersOnly { constructor(@mark a: Later) {} }
  say(Service.name, NoConstructor.name, ParametersOnly.name, seen.length);`;

const all: readonly Program[] = [
  { about: "of the language are called in its order, with what it gives them", main: standard },
  { about: "of the language, with fields that are assigned", main: standard, options: { target: "es2021" } },
  {
    about: "of the language, with fields that are defined elsewhere",
    main: standard,
    options: { target: "es2020", useDefineForClassFields: true },
  },
  { about: "of the language may give another class", main: replaced },
  {
    about: "of the language share metadata where there is a symbol for it",
    main: `
      (Symbol as any).metadata ??= Symbol("metadata");
      const tag = (value: unknown, context: DecoratorContext) => { context.metadata[String(context.name)] = context.kind; };
      @tag class Parent { @tag a = 1; @tag b() {} }
      class Child extends Parent { @tag c = 2; }
      say((Parent as any)[(Symbol as any).metadata], Object.keys((Child as any)[(Symbol as any).metadata]), (Child as any)[(Symbol as any).metadata].a);`,
  },
  {
    about: "of the language have access to what they decorate",
    main: `
      const access: any[] = [];
      const keep = (_: unknown, context: any) => { access.push(context); say(context.kind, Object.keys(context.access ?? {}).sort()); };
      class C { @keep #x = 1; @keep y = 2; @keep m() { return 3; } @keep accessor z = 4; @keep static s = 5; @keep get g() { return 6; } }
      const c = new C();
      for (const { access: a, name } of access) { const target = name === "s" ? C : c; say(String(name), a.has(target), typeof a.get(target), typeof a.set); }
      say(typeof access[0].metadata, access.length);`,
  },
  {
    about: "of the language bind methods with initializers",
    main: `
      function bound(method: any, context: ClassMethodDecoratorContext) { context.addInitializer(function (this: any) { this[context.name] = method.bind(this); }); }
      class Base { constructor(readonly b = "b") {} }
      class Bound extends Base { x = "x"; @bound get() { return this.x + this.b + this.p; } constructor(readonly p: string) { super(); say(Object.keys(this)); } }
      const { get } = new Bound("p");
      say(get());
      class Generic { @bound *gen() { yield this.v; } constructor(public v: string) {} }
      function* go() { const { gen } = new Generic("v"); yield* gen(); }`,
  },
  { about: "may be said not to be null, and a declared class has none", main: asserted },
  { about: "of the older kind may be said not to be null", main: asserted, options: { experimentalDecorators: true } },
  ...[
    { target: "es2022" },
    { target: "es2021" },
    { target: "es2021", useDefineForClassFields: true },
    { target: "es2015" },
  ].flatMap((options) => [
    { about: `of static members are applied in their order, with ${JSON.stringify(options)}`, main: statics(""), options },
    { about: `of a class and its static members, with ${JSON.stringify(options)}`, main: statics('@log("class")'), options },
  ]),
  {
    about: "of the older kind may stand at the rest of the parameters",
    main: `
      (Reflect as any).metadata = (key: string, value: any) => (target: any, name?: string) => say(key, String(name), Array.isArray(value) ? value.map((v) => v?.name) : value?.name);
      const at = (name: string) => (target: any, key: any, index: number) => say(name, String(key), index);
      class Jobs {
        constructor(@at("first") first: string, @at("rest") ...names: string[]) { say(first, names); }
        run(@at("all") ...[one, two]: number[]) { return one! + two!; }
        *each(@at("values")   ...values: any[]) { yield* values.map(String); }
      }
      const jobs = new Jobs("a", "b", "c");
      say(jobs.run(1, 2));
      function* go() { yield* jobs.each(3, 4); }`,
    options: { experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false },
  },
  {
    about: "of the older kind are called in their order, with what they are given",
    main: legacy,
    options: { experimentalDecorators: true, useDefineForClassFields: false },
  },
  { about: "of the older kind, with fields that are defined", main: legacy, options: { experimentalDecorators: true } },
  { about: "of the older kind, with an older target", main: legacy, options: { experimentalDecorators: true, target: "es2018" } },
  { about: "of the older kind may give another class", main: replacedLegacy, options: { experimentalDecorators: true } },
  {
    about: "of the older kind are told the types",
    main: metadata,
    options: { experimentalDecorators: true, emitDecoratorMetadata: true, strict: false, useDefineForClassFields: false },
  },
  {
    about: "of the older kind are told the types, where null counts",
    main: metadata,
    options: {
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      strict: true,
      noImplicitAny: false,
      useDefineForClassFields: false,
    },
  },
  {
    about: "of the older kind are told the types of other modules",
    main: `
      (Reflect as any).metadata = (key: string, value: any) => (target: any, name?: string) => say(key, name, Array.isArray(value) ? value.map((v) => v?.name) : value?.name);
      import { Service, type Marked } from "./service";
      import { Shape } from "./shape";
      import * as all from "./service";
      import Main from "./service";
      const mark: any = () => {};
      @mark class User { @mark service!: Service; @mark shape!: Shape; @mark named!: all.Service; @mark main!: Main; @mark m!: Marked; constructor(s: Service, x: Shape) {} }
      say(User.name);`,
    files: {
      "service.ts": `say("service loaded"); export class Service {} export default class Main {} export class Marked {}`,
      "shape.ts": `say("shape loaded"); export interface Shape { x: number }`,
    },
    options: { experimentalDecorators: true, emitDecoratorMetadata: true, useDefineForClassFields: false },
  },
  ...[true, false].map((experimentalDecorators) => ({
    about: `${experimentalDecorators ? "of the older kind " : ""}may have type arguments without a call`,
    main: `
      function mark<T = unknown>(value: any, context: any): any { say(typeof value, typeof context); }
      const known = { mark };
      class Jobs {
        @mark<string> *go() { yield "1"; }
        @known.mark<Array<Array<"<'>">>>
        static plain() { return 1; }
        @mark<{ a: 1, "b@c<": 2 }> /* a > b */ *[Symbol.iterator]() { yield "2"; }
        @mark @known!.mark<() => void> // all
        other() { return 2; }
      }
      @mark<string> export class Exported {}
      export default @mark<string>
      @known.mark!
      abstract class Main { abstract x: number; @mark<1> *run() { yield "3"; } }
      say(Jobs.plain(), new Jobs().other(), Exported.name, Main.name);
      function* go() { yield* new Jobs().go(); yield* new Jobs(); yield* Main.prototype.run(); }`,
    options: { experimentalDecorators },
  })),
  {
    about: "of the older kind may stand at parameters of any form",
    main: `
      function mark<T = unknown>(...values: any[]): any { return (...found: any[]) => say("mark", values.length, found.length, found.at(-1)); }
      const plain: any = mark(1);
      class Jobs {
        rest(@mark<string>(1 as any) ...values: any[]) { return values.length; }
        forced(@plain! ...values: any[]) { return values.length; }
        taken(@mark<string>(<any>1) [first]: any, @mark<number>(2, 3!) { second }: any, @mark<1>(4) [third] = [5]) { return [first, second, third]; }
      }
      say(new Jobs().rest(1, 2), new Jobs().forced(1), new Jobs().taken([1], { second: 2 }));`,
    options: { experimentalDecorators: true },
  },
];

/** Decorators and computed names of any kind, which the types would not permit. */
export const decorators = all.map((program) => ({ ...program, isUnchecked: true }));
