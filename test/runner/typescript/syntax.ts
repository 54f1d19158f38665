import type { Program } from "./program";

/** The syntax that TypeScript adds within single files. */
export const syntax: readonly Program[] = [
  {
    about: "types go, wherever they stand",
    main: `
      interface Named { readonly name: string; size?(): number }
      type Box<T extends Named = Named> = { [K in keyof T]?: T[K] } | readonly T[];
      declare const absent: number;
      declare function nowhere(): void;
      declare class Missing { x: number }
      abstract class Shape<in out T> implements Named {
        abstract name: string;
        protected abstract area(this: Shape<T>): number;
        constructor(protected readonly scale: number) {}
        describe<const U extends string>(prefix: U, ...rest: unknown[]): string { return prefix + this.name + this.area() + rest.length; }
      }
      class Square extends Shape<number> {
        override name = "square";
        [key: string]: unknown;
        protected override area(this: Square): number { return this.scale ** 2; }
      }
      function over(value: string): string;
      function over(value: number): string;
      function over(value: unknown) { return typeof value; }
      function isText(value: unknown): value is string { return typeof value === "string"; }
      function check(value: unknown): asserts value { if (!value) throw new Error("no"); }
      const cast = <const T,>(value: T): T => value;
      let later!: number;
      const tuple = [1, "a"] as const satisfies readonly [number, string];
      const box: Box = [] as Named[];
      const old = <string><unknown>"old";
      const instantiated = cast<string>;
      (later as number) = 4;
      later!++;
      const maybe: { a?: { b(): number } } | undefined = { a: { b: () => 7 } };
      say(new Square(3).describe("a "), over(1), over("x"), isText("y"), tuple, box.length, old, instantiated("i"), later);
      check(maybe);
      say(maybe?.a!.b(), (maybe!.a as { b(): number }).b(), maybe.a?.b!());
      export function* go<T>(this: void): Generator<string, void, T> {
        const got: T = yield \`\${tuple[0]}\` as string;
        yield String(got!);
        for (const each of tuple as readonly unknown[]) yield each as string;
      }`,
  },
  {
    about: "enums count on, lead back, and may be declared in parts",
    main: `
      const base = 10;
      const enum Level { Low = 1, High = Low << 3 }
      enum Kind { A, B = 5, C, D = "d", E = base, F = A | B, G = "x".length, H = G + 1 }
      enum Kind { I = 100, J, "with space", K = B + Kind.J }
      enum Text { One = "one", Two = \`\${One}-two\` }
      declare const enum Ambient { X = 3, Y }
      say(Level.High, Level["Low"], Kind[5], Kind["with space"], Ambient.Y);
      for (const [name, value] of [...Object.entries(Kind), ...Object.entries(Text)]) say(name, value);
      function local() { enum Inner { A = -1, B } return Inner; }
      say(local());
      function* go() { enum InGenerator { A = 1, B } yield String(InGenerator.B); yield InGenerator[1]!; }`,
    options: { strict: true },
  },
  {
    about: "namespaces: exported variables live on the object, parts are merged",
    main: `
      namespace Counter {
        export let count = 0, other = 5;
        export const { a, b: [c] } = { a: 1, b: [2] };
        let hidden = 1;
        export function next() { hidden++; return ++count; }
        export class Item { label = "item" + count; }
        export enum Mode { On, Off }
        export namespace Deep { export const depth = count + 1; export let shared = "s"; }
        export type OnlyType = string;
        export const read = () => ({ count, hidden });
        [count, other] = [other, count];
        ({ count } = { count: count + 1 });
      }
      namespace Counter {
        export const again = count + 10;
        export function use() { return next() + new Item().label + Mode.Off + Deep.depth; }
      }
      namespace Counter.Deep { export const more = depth + shared; }
      say(Counter.count, Counter.other, Counter.a, Counter.c, Counter.next(), Counter.read(), Counter.again, Counter.use());
      Counter.count = 50;
      say(Counter.next(), Counter.Deep.more, Object.keys(Counter));
      namespace Types { export interface A { x: number } }
      say(typeof (globalThis as any).Types);`,
  },
  {
    about: "namespaces: merged with classes, functions and enums, and with a member of their own name",
    main: `
      class Tree { static root = "root"; grow() { return Tree.leaf + Tree.root; } }
      namespace Tree { export const leaf = "leaf"; export class Tree { inner = leaf; } }
      function make() { return make.size; }
      namespace make { export let size = 3; export function* walk() { yield String(size); yield* ["a"]; } }
      enum Color { Red = 1 }
      namespace Color { export function parse() { return Color.Red; } }
      namespace A.B.C { export const here = "abc"; export import up = A.B; }
      namespace Uses { import X = A.B.C; import Unused = Types.Only; export import Y = A.B; import Z = Y.C; export const got = X.here + Y.C.here + Z.here; }
      namespace Types { export type Only = string }
      import Short = A.B.C;
      import T = Types.Only;
      const t: T = "t";
      say(new Tree().grow(), new Tree.Tree().inner, make(), Color.parse(), Short.here, Uses.got, Object.keys(Uses), t);
      say(A.B.C.up === A.B);
      function* go() { yield* make.walk(); namespace X { } yield Short.here; }`.replace("namespace X { } ", ""),
  },
  {
    about: "generators stand in every construct",
    main: `
      namespace N { export function* inNamespace(): Generator<string, void, undefined> { const x = yield "n1"; yield "n2" + x; } }
      class C {
        constructor(readonly id: number) {}
        *method<T>(this: C) { yield "m" + this.id; }
        static *stat() { yield "s"; }
        *[Symbol.iterator]() { yield "i"; }
        field = function* (this: C) { yield "f" + this.id; };
        static #p = function* () { yield "p"; };
        static run() { return C.#p(); }
      }
      const o = { *member() { yield "o"; }, ["x" + 1]: function* () { yield "x"; } };
      enum E { A = 1 }
      const arrow = () => function* () { yield "a" + E.A; };
      abstract class Base { abstract name: string; *go(): Generator<string> { yield this.name; } }
      class Derived extends Base { name = "derived"; override *go() { yield* super.go(); yield "d"; } }
      function* go() {
        const c = new C(1);
        yield* N.inNamespace();
        yield* c.method(); yield* C.stat(); yield* c; yield* c.field(); yield* C.run();
        yield* o.member(); yield* o.x1!(); yield* arrow()();
        yield* new Derived().go();
        const got = (yield "cast") as string | undefined;
        yield \`\${got!}\`, yield "second";
      }`,
  },
  {
    about: "resources are disposed of at the end of their block, in generators too",
    main: `
      const res = (name: string) => ({ name, [Symbol.dispose]() { say("dispose", name); } });
      function* go() {
        using a = res("a");
        yield a.name;
        { using b = res("b"), c = res("c"); yield b.name + c.name; }
        for (using d of [res("d1"), res("d2")]) yield d.name;
        try { using e = res("e"); yield e.name; throw new Error("x"); } catch (error) { yield (error as Error).message; }
      }
      async function later() { await using z = { [Symbol.asyncDispose]: async () => {} }; void z; }
      void later();
      {
        using x = res("x");
        using none = null;
        say("body", x.name, none);
      }
      try { using bad = { [Symbol.dispose]() { throw new Error("second"); } }; void bad; throw new Error("first"); }
      catch (error) { const e = error as SuppressedError; say(e.name, e.error.message, e.suppressed.message, e.message); }`,
    options: { target: "es2022" },
  },
  {
    about: "arrow functions, optional chains, classes and templates keep their meaning without types",
    main: `
      const id = <T,>(value: T) => value;
      const wide = async <T extends object>(value: T): Promise<T> => value;
      void wide({});
      function tag<T>(parts: TemplateStringsArray, ...values: unknown[]) { return parts.join("|") + values.join(); }
      class Generic<T> { static of<U>(value: U) { return new Generic<U>(value); } constructor(public value: T) {} get<K extends keyof T>(key: K) { return this.value[key]; } }
      const g = Generic.of<{ a: number }>({ a: 1 });
      const f = (a: number, b?: string, { c = 3 }: { c?: number } = {}, ...d: number[]): string => [a, b, c, d.length].join();
      const record: Record<string, () => number> = { x() { return 1; } };
      const objectWithThis = { n: 5, get(this: { n: number }) { return this.n; } };
      abstract class Only { private constructor() {} declare readonly x: number; }
      say(id<number>(3), tag<string>\`a\${1}b\`, g.get("a"), f(1), f(1, "b", { c: 2 }, 4, 5), record["x"]!(), objectWithThis.get!(), Object.keys(Only));
      label: for (const x of [1, 2, 3] as number[]) { if (x === 2) continue label; say(x); }
      let y: unknown = 1; y ??= 2; (<any>y) += 1; [y as any] = [7]; say(y);
      switch (y as number) { case 7 as number: say("seven"); }
      try { throw "t" as string; } catch (e: unknown) { say(e); }
      const neg = -1 as number < 3; say(neg);
      type = 4; var type: number; say(type);
      export type { Only };
      const satisfied = { a: 1 } satisfies Record<string, number>; say(satisfied.a.toFixed(1));
      enum async { await } say(async.await);`,
  },
  {
    about: "names of enum members may stand in brackets",
    main: `
      enum Kind { ["first"] = 1, [\`second\`], ['third kind'] = "3", [
        "fourth"
      ] = 7, fifth, last = second + 1 }
      say(Kind.first, Kind.second, Kind["third kind"], Kind.fourth, Kind.fifth, Kind[2], Kind.last);
      const list = ["first"]!; say([\`x\`]!.length, list);
      function* go() { yield Kind[1]; yield Kind.fifth; }`,
  },
  {
    about: "names of enum members in brackets may have escapes, quotation marks and line breaks, and comments beside them",
    main: `
      enum Kind { ["a]b"], ["x\\"y"], [\`it's "x"\`], [\`two
lines\`], [ /* ] */ "z" // ]
      ], [\`q\\\${r}\`], ["\\u0041"] = 20, last }
      say(Kind["a]b"], Kind['x"y'], Kind["it's \\"x\\""], Kind["two\\nlines"], Kind.z, Kind["q\${r}"], Kind.A, Kind.last, Kind[20]);
      function* go() { yield Kind[3]; yield new Error().stack!.split("\\n")[0]; }`,
  },
  {
    about: "a parameter may be called asserts",
    main: `
      function one(asserts: unknown): asserts asserts { say("one", asserts); }
      function two(asserts: unknown): asserts is string { return asserts === "x"; }
      type Checks = { (asserts: unknown): asserts asserts; two(asserts: unknown): asserts is string };
      const three = (asserts: unknown): asserts is number => asserts === 3;
      const checks: Checks = Object.assign(one, { two });
      one(1); say(two("x"), three("x"), checks.two("y"));`,
  },
  {
    about: "what is only declared may be exported from where it is declared",
    main: `
      declare namespace A { const x: 1; export { x as y } }
      namespace B { export declare namespace C { const z: 1; export { z } } export const made = 1; }
      declare global { var everywhere: string }
      (globalThis as any).everywhere = "here";
      export { everywhere };
      say(B.made, typeof everywhere);
      function* go() { yield everywhere; }`,
  },
  {
    about: "a script need not be strict",
    main: `import "./sloppy";`,
    files: {
      "sloppy.ts": `
        var yield = 1, public = 2, let = 3, await = 4;
        function static(interface: number) { return interface + yield + public + let + await; }
        if (static(1)) function made(this: unknown) { return typeof this; }
        yield: for (;;) break yield;
        say(static(5), made.call(1));`,
    },
    options: { alwaysStrict: false, ignoreDeprecations: "6.0" },
  },
];
