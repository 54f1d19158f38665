/**
 * Determines how a file's JSX is compiled. Pragmas in the file take precedence over its tsconfig.json.
 */
import * as t from "@babel/types";
import { made, type Plugin, type PluginMaker } from "./babel/plugin";
import type { JsxSettings } from "./tsconfig";

/** `implied` are the names that the classic runtime uses although the source does not contain them. */
export interface JsxWay extends JsxSettings {
  readonly implied: readonly string[];
}

export function jsxWay(source: string, ast: t.File, settings: JsxSettings | undefined): JsxWay {
  const pragmas = pragmasIn(takeComments(ast));
  const pragma = (name: string) => pragmas.get(name)?.at(-1);
  const importSource = pragma("jsximportsource") ?? settings?.importSource;
  const runtime = runtimeOf(source, pragma("jsxruntime"), pragma("jsximportsource"), settings);
  const factory = pragmas.get("jsx")?.[0] ?? settings?.factory ?? "React.createElement";
  const fragment = pragmas.get("jsxfrag")?.[0] ?? settings?.fragment ?? "React.Fragment";
  const names = [factory, fragment].map((path) => path.split(".")[0] ?? path);
  const implied = runtime === "classic" ? names : [];
  return { runtime, development: settings?.development ?? false, importSource, factory, fragment, implied };
}

/** The runtime. If nothing specifies it, a file that has `React` in scope uses the classic one. */
function runtimeOf(source: string, runtime: string | undefined, importSource: string | undefined, settings?: JsxSettings) {
  if (runtime === "classic" || runtime === "automatic") return runtime;
  if (importSource) return "automatic";
  return settings?.runtime ?? (/@jsx\s|\bReact\b/.test(source) ? "classic" : "automatic");
}

/**
 * Returns the comments at the beginning of the file, where pragmas are valid, and removes all comments, because Babel's plugin
 * interprets pragmas differently.
 */
function takeComments(ast: t.File): t.Comment[] {
  const comments = ast.comments ?? [];
  ast.comments = [];
  const { directives, body } = ast.program;
  const first = Math.min(...[...directives, ...body].flatMap(({ start }) => start ?? []));
  return comments.filter(({ end }) => (end ?? 0) <= first);
}

/** All pragmas by name. As in the compiler, names are case-insensitive. */
function pragmasIn(comments: readonly t.Comment[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { type, value } of comments) {
    for (const [, name = "", given = ""] of type === "CommentBlock" ? value.matchAll(/@(\S+)(\s+(?:\S.*)?)?$/gm) : []) {
      const [first] = given.trim().split(/\s+/);
      if (first) found.set(name.toLowerCase(), [...(found.get(name.toLowerCase()) ?? []), first]);
    }
  }
  return found;
}

export function jsx({ runtime, development: isDevelopment, importSource, factory, fragment }: JsxWay): Plugin[] {
  const classic = { pragma: factory, pragmaFrag: fragment, useSpread: true };
  const automatic = importSource === undefined ? {} : { importSource };
  const options = { runtime, throwIfNamespace: false, pure: false, ...(runtime === "classic" ? classic : automatic) };
  const isDetailed = isDevelopment && runtime === "automatic";
  return [accepted, made(isDetailed ? developmentMaker() : maker(), options)];
}

function maker(): PluginMaker {
  return (require("@babel/plugin-transform-react-jsx") as { default: PluginMaker }).default;
}

function developmentMaker(): PluginMaker {
  return (require("@babel/plugin-transform-react-jsx/lib/development.js") as { default: PluginMaker }).default;
}

/** Placeholders next to a single spread child, so that it counts as several children. They are removed on output. */
const company = new WeakSet<t.Node>();

/** Syntax that TypeScript accepts and Babel's plugin does not: `<li key />` for `key={true}`, and spread children. */
const accepted: Plugin = {
  visitor: {
    JSXSpreadChild(path) {
      const children = (path.parent as t.JSXElement).children.filter((child) => !t.isJSXText(child) || child.value.trim() !== "");
      if (children.length === 1) {
        const beside = t.nullLiteral();
        company.add(beside);
        path.insertAfter(t.jsxExpressionContainer(beside));
      }
      const expression = t.spreadElement(path.node.expression);
      path.replaceWith({ type: "JSXExpressionContainer", expression } as unknown as t.JSXExpressionContainer);
    },
    ArrayExpression({ node }) {
      node.elements = node.elements.filter((element) => !element || !company.has(element));
    },
    CallExpression({ node }) {
      node.arguments = node.arguments.filter((argument) => !company.has(argument));
    },
    JSXAttribute({ node }) {
      if (node.name.name === "key") node.value ??= t.jsxExpressionContainer(t.booleanLiteral(true));
    },
  },
};
