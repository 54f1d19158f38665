import type { Program } from "./program";

const elements = (root: string) => `
  const props = { a: 1, key: "spread" };
  const Item = (p: any) => null;
  const ns = { Deep: Item };
  const children = ["x", "y"];
  function* rows(): Generator<any> { yield <li key="1">row</li>; yield (<ns.Deep {...props} b />); }
  say(<div id="a" data-x={1}>text   with
      lines &amp; &#65; {children} {/* nothing */}</div>);
  say(<Item<string> one two="2" three={<b />} />);
  say(<Item {...props} {...{ z: 1 }} key="last">{...children}{1}</Item>);
  say(<><i />{null}</>);
  say(<Item key />, <my-tag aria-label='it"s' xlink:href="#" />);
  const generic = <T,>(x: T) => x;
  say(generic(1), ${root});
  function* go() { for (const row of rows()) { say(row); yield row.type; } }`;

const factory = `
  declare global { namespace JSX { interface IntrinsicElements { [name: string]: any } interface ElementChildrenAttribute { children: {} } } }
  const show = (type: any) => typeof type === "function" ? type.name : String(type);
  const React = { createElement: (type: any, p: any, ...c: any[]) => ({ by: "React", type: show(type), p, c }), Fragment: "fragment" };
  const h = (type: any, p: any, ...c: any[]) => ({ by: "h", type: show(type), p, c }); const Frag = "frag";
  const dom = { h };
  void [React, h, Frag, dom];`;

const runtime = (name: string) => ({
  [`node_modules/${name}/package.json`]: `{"name": "${name}", "exports": {"./jsx-runtime": {"types": "./types.d.ts", "default": "./runtime.js"}, "./jsx-dev-runtime": {"types": "./types.d.ts", "default": "./runtime.js"}, ".": {"types": "./types.d.ts", "default": "./runtime.js"}}}`,
  [`node_modules/${name}/runtime.js`]: `
    const show = (type) => typeof type === "function" ? type.name : String(type);
    const make = (by) => (type, props, key, isStatic) => ({ by: "${name} " + by, type: show(type), props, key, isStatic });
    Object.assign(exports, { jsx: make("jsx"), jsxs: make("jsxs"), jsxDEV: make("dev"), createElement: make("create"), Fragment: "fragment" });`,
  [`node_modules/${name}/types.d.ts`]:
    "export declare const jsx: any, jsxs: any, jsxDEV: any, createElement: any, Fragment: any; export declare namespace JSX { interface IntrinsicElements { [name: string]: any } }",
});

const both = { ...runtime("react"), ...runtime("other") };

const all: readonly Program[] = [
  {
    about: "calls React where it is told the classic kind",
    main: factory + elements("React.Fragment"),
    options: { jsx: "react" },
  },
  {
    about: "calls the factory of the configuration",
    main: factory + elements("h.name"),
    options: { jsx: "react", jsxFactory: "h", jsxFragmentFactory: "Frag" },
  },
  {
    about: "calls the factory of a comment",
    head: "/** @jsx dom.h */\n/** @jsxFrag Frag */\n",
    main: `${factory}${elements("h.name")}`,
    options: { jsx: "react" },
  },
  {
    about: "calls the namespace of the configuration",
    main:
      factory.replace("const dom = { h }", "const dom = { createElement: h, Fragment: 1 }") +
      elements("h.name").replace("say(<><i />{null}</>);", ""),
    options: { jsx: "react", reactNamespace: "dom" },
  },
  {
    about: "imports the runtime where it is told the automatic kind",
    main: elements("1"),
    files: both,
    options: { jsx: "react-jsx" },
  },
  {
    about: "imports the runtime of the configuration",
    main: elements("1"),
    files: both,
    options: { jsx: "react-jsx", jsxImportSource: "other" },
  },
  {
    about: "imports the runtime of a comment",
    head: "/** @jsxImportSource other */\n",
    main: `${elements("1")}`,
    files: both,
    options: { jsx: "react-jsx" },
  },
  {
    about: "imports the runtime of a comment, whatever the kind",
    head: "/** @jsxImportSource other */\n",
    main: `${elements("1")}`,
    files: both,
    options: { jsx: "react" },
  },
  {
    about: "does as a comment says against the configuration",
    head: "/** @jsxRuntime classic */\n",
    main: `${factory}${elements("1")}`,
    files: both,
    options: { jsx: "react-jsx" },
  },
  {
    about: "keeps the import that only elements need",
    main: `import React from "react"; import * as unused from "other"; say(<a b="c">d</a>); let x: typeof unused;`,
    files: both,
    options: { jsx: "react" },
  },
  ...["react", "react-jsx", "react-jsxdev"].map((kind) => ({
    about: `spreads children that are alone, with ${kind}`,
    main: `${kind === "react" ? factory : ""}
      const children = ["x", "y"];
      const strip = ({ by, props, p, c }: any) => ({ by, props, p, c });
      say(strip(<a>{...children}</a>), strip(<a> {...children}
      </a>), strip(<a>{...children}{...[]}</a>), strip(<>{...children}</>), strip(<a>{children}</a>));
      function* go() { yield* [...children]; }`,
    files: both,
    options: { jsx: kind },
  })),
  {
    about: "reads the comments in front of everything else alone",
    head: "// @jsx h\n/* Of all\n * things: @jsxFrag Frag of this */ /* @JSX dom.h */\n",
    main: `${factory} /** @jsx h */ /** @jsxFrag React.Fragment */ say(<a b="c"><></></a>); /** @jsxRuntime automatic */`,
    options: { jsx: "react" },
  },
  {
    about: "reads the first factory and the last source of several",
    head: "/** @jsx h */\n/** @jsx dom.h */\n",
    main: `${factory} say(<a b="c" />);`,
    options: { jsx: "react" },
  },
  {
    about: "reads the last of several sources",
    head: "/** @jsxImportSource react */\n/** @jsxImportSource other */\n",
    main: `say(<a b="c" />); /** @jsxImportSource react */`,
    files: both,
    options: { jsx: "react-jsx" },
  },
  {
    about: "ignores a factory where the kind is automatic",
    head: "/** @jsx h */\n",
    main: `say(<a b="c">d</a>);`,
    files: both,
    options: { jsx: "react-jsx" },
  },
];

/** The types of elements are irrelevant here. */
export const jsx = all.map((program) => ({ ...program, isJsx: true, isUnchecked: true }));
