/** The expression that begins a thread: a call that can be suspended in what it calls. */
import { RequestError } from "../../values/failures";
import type { Node, NodePath } from "../babel";
import { dotted } from "../functionName";
import { PointTable } from "../pointMarks";
import { type Compiling, transformExpression } from "../transform";
import { SharedPlaces } from "./places";
import { SwitchPoints } from "./points";
import { Rewriting } from "./rewriting";
import { declarations } from "./wrapping";

/** A call, compiled as the body of a generator function. */
export interface ThreadCall {
  readonly code: string;
  /** The names that lead to the function, if nothing else does. */
  readonly path: readonly string[] | undefined;
  /** What is called, as it is written. */
  readonly callee: string;
}

/**
 * @param file determines the dialect
 * @throws SyntaxError with the parser's message; RequestError with code `call` if it is no call
 */
export function threadCall(expression: string, file: string): ThreadCall {
  let callee: Node | undefined;
  const compiling: Compiling = {
    parsed(program) {
      callee = calleeOf(program as unknown as NodePath);
    },
    lowered(program) {
      const { node } = program as unknown as NodePath;
      const places = new SharedPlaces(program as unknown as NodePath);
      const rewriting = new Rewriting(places, new SwitchPoints(file, "", new PointTable(), undefined), "");
      node.body = (node.body as Node[]).map(rewriting.rewritten);
      (node.body as Node[]).unshift(...declarations(rewriting));
    },
  };
  const { code, source } = transformExpression(expression, file, compiling);
  if (!callee) throw noCall(expression);
  return { code, path: dotted(callee)?.split("."), callee: source.slice(callee.start, callee.end) };
}

/** What the expression calls; undefined if it is no call. */
function calleeOf({ node }: NodePath): Node | undefined {
  const [{ declarations: declared }] = node.body as [{ declarations: [{ init: Node }] }];
  const [{ init }] = declared;
  return init.type === "CallExpression" ? (init.callee as Node) : undefined;
}

function noCall(expression: string): RequestError {
  const message = `${expression.slice(0, 100)} is no call of a function.`;
  return new RequestError({
    code: "call",
    message,
    remedy: "Write a call, as in add(): the thread makes it when it first runs.",
  });
}
