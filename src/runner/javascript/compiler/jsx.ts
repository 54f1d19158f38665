/**
 * How the JSX of a file is written out: what its own comments say comes before what its tsconfig.json says.
 */
import * as t from "@babel/types";
import { made, type Plugin, type PluginMaker } from "./babel/plugin";
import type { JsxSettings } from "./tsconfig";

/** The names that the classic kind calls; they are used without being written. */
export interface JsxWay extends JsxSettings {
  readonly implied: readonly string[];
}

export function jsxWay(source: string, ast: t.File, settings: JsxSettings | undefined): JsxWay {
  const comments = takeComments(ast);
  const pragma = (name: string) => pragmaIn(comments, name);
  const importSource = pragma("jsxImportSource") ?? settings?.importSource;
  const runtime = runtimeOf(source, pragma("jsxRuntime"), pragma("jsxImportSource"), settings);
  const factory = pragma("jsx") ?? settings?.factory ?? "React.createElement";
  const fragment = pragma("jsxFrag") ?? settings?.fragment ?? "React.Fragment";
  const names = [factory, fragment].map((path) => path.split(".")[0] ?? path);
  const implied = runtime === "classic" ? names : [];
  return { runtime, development: settings?.development ?? false, importSource, factory, fragment, implied };
}

/** Without a word on it, a file that has `React` at hand means to call it. */
function runtimeOf(source: string, runtime: string | undefined, importSource: string | undefined, settings?: JsxSettings) {
  if (runtime === "classic" || runtime === "automatic") return runtime;
  if (importSource) return "automatic";
  return settings?.runtime ?? (/@jsx\s|\bReact\b/.test(source) ? "classic" : "automatic");
}

/** The comments with pragmas. They are taken away: Babel's plugin reads them in its own way. */
function takeComments(ast: t.File): t.Comment[] {
  const comments = ast.comments ?? [];
  ast.comments = [];
  return comments;
}

/** Where a pragma is written twice, the last one counts. */
function pragmaIn(comments: readonly t.Comment[], name: string): string | undefined {
  const form = new RegExp(`^[\\s*]*@${name}\\s+(\\S+)`, "m");
  const blocks = comments.filter(({ type }) => type === "CommentBlock");
  return blocks.map(({ value }) => form.exec(value)?.[1]).findLast((found) => found !== undefined);
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

/** What TypeScript takes and Babel's plugin does not: `<li key />` for `key={true}`, and children that are spread. */
const accepted: Plugin = {
  visitor: {
    JSXSpreadChild(path) {
      const children = (path.parent as t.JSXElement).children.filter((child) => !t.isJSXText(child) || child.value.trim() !== "");
      const spread = t.spreadElement(path.node.expression);
      const expression = children.length > 1 ? spread : t.arrayExpression([spread]);
      path.replaceWith({ type: "JSXExpressionContainer", expression } as unknown as t.JSXExpressionContainer);
    },
    JSXAttribute({ node }) {
      if (node.name.name === "key") node.value ??= t.jsxExpressionContainer(t.booleanLiteral(true));
    },
  },
};
