/**
 * Parameter properties of a constructor: `constructor(private name: string)`.
 */
import type { NodePath } from "@babel/traverse";
import * as t from "@babel/types";
import type { File } from "../babel/file";
import type { Settings } from "../tsconfig";

/** The statements that assign parameters to properties. Assignments of fields come after them. */
const assignsParameter = new WeakSet<t.Node>();

/** Generates the assignments, in the order of the parameters. */
export function lowerParameterProperties(path: NodePath<t.ClassMethod>, settings: Settings, file: File): void {
  const { node } = path;
  const names: string[] = [];
  node.params = node.params.map((parameter) => {
    if (!t.isTSParameterProperty(parameter)) return parameter;
    const plain = parameter.parameter;
    names.push((t.isAssignmentPattern(plain) ? (plain.left as t.Identifier) : plain).name);
    if (parameter.decorators) plain.decorators = parameter.decorators;
    return plain;
  });
  if (names.length === 0) return;
  const isDefined = settings.definesFields && settings.lowersFields;
  const assignments = names.map((name) => {
    const value = t.identifier(name);
    const defined = () => t.callExpression(file.addHelper("defineField"), [t.thisExpression(), t.stringLiteral(name), value]);
    const target = t.memberExpression(t.thisExpression(), t.identifier(name));
    return t.expressionStatement(isDefined ? defined() : t.assignmentExpression("=", target, value));
  });
  for (const assignment of assignments) assignsParameter.add(assignment);
  atStart(path, assignments);
  if (!settings.lowersFields)
    (path.parent as t.ClassBody).body.unshift(...names.map((name) => t.classProperty(t.identifier(name))));
}

/**
 * Inserts expressions at the start of a constructor, where the object exists: after `super(…)` if there is one, and after the
 * assignments of parameter properties, but before the calls that decorators need after all fields.
 */
export function atStart(maker: NodePath<t.ClassMethod>, expressions: t.ExpressionStatement[]): void {
  const owner = maker.parentPath.parent as t.Class;
  if (!owner.superClass) {
    const { body } = maker.node.body;
    maker.node.body.body = [
      ...body.filter((statement) => assignsParameter.has(statement)),
      ...expressions,
      ...body.filter((statement) => !assignsParameter.has(statement)),
    ];
    return;
  }
  maker.get("body").traverse({
    Super(path) {
      const call = path.parentPath;
      if (call.isCallExpression() && path.key === "callee") behind(call, expressions);
    },
    Class: (path) => path.skip(),
    FunctionDeclaration: (path) => path.skip(),
    FunctionExpression: (path) => path.skip(),
    ObjectMethod: (path) => path.skip(),
  });
}

/** Inserts after the call of `super`. The compiler requires it to be a statement, but decorators may have wrapped the call. */
function behind(call: NodePath<t.CallExpression>, expressions: t.ExpressionStatement[]): void {
  const statement = call.getStatementParent();
  const list = statement?.container as t.Statement[];
  let at = list.indexOf(statement?.node as t.Statement);
  if (call.parentPath === statement) {
    while (assignsParameter.has(list[at + 1] as t.Node)) at += 1;
    list.splice(at + 1, 0, ...expressions);
    return;
  }
  const count = list.slice(at + 1).findIndex((each) => !assignsParameter.has(each));
  const assignments = list.splice(at + 1, count < 0 ? list.length : count) as t.ExpressionStatement[];
  const parts = [...assignments, ...expressions].map(({ expression }) => expression);
  call.replaceWith(t.sequenceExpression([call.node, ...parts, t.thisExpression()]));
  call.skip();
}
