/**
 * Rewrites the body of one function so that its thread can be suspended before every access to what is shared, and within every call.
 * Everything is evaluated in the same order as before, and once.
 */
import type { Node } from "../babel";
import { mapChildren } from "../children";
import { dotted } from "../functionName";
import { names } from "../pointMarks";
import { call, identifier, sequence, text } from "../syntax";
import { Assignments } from "./assignments";
import { Calls } from "./calls";
import { Loops } from "./loops";
import { aware, temporary, threadNames } from "./names";
import type { SharedPlaces } from "./places";
import type { SwitchPoints } from "./points";
import type { Rewrites } from "./rewrites";

type Rule = (node: Node) => Node;

/** What is evaluated later, or not by the function itself. */
const definition = /^(?:Function|Arrow|Class|ObjectMethod)/;

export class Rewriting implements Rewrites {
  #temporaries = 0;
  readonly #assignments = new Assignments(this);
  readonly #calls = new Calls(this);
  readonly #loops = new Loops(this);

  /** @param name that of the function */
  constructor(
    readonly places: SharedPlaces,
    readonly points: SwitchPoints,
    readonly name: string,
  ) {}

  /** The names of the variables that the rewritten code needs. */
  get temporaries(): string[] {
    return Array.from({ length: this.#temporaries }, (_, index) => `${temporary}${index}`);
  }

  get byLines(): boolean {
    return this.points.granularity === "lines";
  }

  temporary(): Node {
    this.#temporaries += 1;
    return identifier(`${temporary}${this.#temporaries - 1}`);
  }

  readonly rewritten = (node: Node): Node => {
    if (definition.test(node.type)) return node;
    const rule = this.#rules[node.type];
    return rule ? rule(node) : this.inside(node);
  };

  inside(node: Node): Node {
    mapChildren(node, this.rewritten);
    return node;
  }

  /** The value of an expression, and then a switch point before an access. @param place what is accessed, as the source has it */
  valueBefore(value: Node, access: "reading" | "writing", place: Node, isShared = true): Node {
    const point = isShared ? this.points.before(access, place, this.name) : undefined;
    return point ? call(threadNames.first, value, point) : value;
  }

  /** A switch point before an access, and then an expression. */
  before(access: "reading" | "writing", place: Node, value: Node): Node {
    const point = this.points.before(access, place, this.name);
    return point ? sequence(point, value) : value;
  }

  beforeNext(place: Node): Node | undefined {
    return this.points.before("reading", place, this.name);
  }

  callPoint(node: Node): number {
    return this.points.call(node, this.name);
  }

  /** A member that is read, or its call's callee. @param object what it is a member of, as it is evaluated now */
  member(node: Node, object: Node): Node {
    const isShared = this.places.isShared(node);
    if ((node.object as Node).type === "Super") return this.before("reading", node, this.#ofSuper(node));
    const place = { ...node };
    if (node.computed) {
      const key = this.rewritten(node.property as Node);
      return { ...node, object, property: this.valueBefore(key, "reading", place, isShared) };
    }
    return { ...node, object: this.valueBefore(object, "reading", place, isShared) };
  }

  #ofSuper(node: Node): Node {
    return node.computed ? { ...node, property: this.rewritten(node.property as Node) } : node;
  }

  readonly #rules: Readonly<Record<string, Rule>> = {
    Identifier: (node) => (this.places.isRead(node) ? this.before("reading", node, node) : node),
    MemberExpression: (node) => this.member(node, this.rewritten(node.object as Node)),
    OptionalMemberExpression: (node) => this.#calls.chain(node),
    OptionalCallExpression: (node) => this.#calls.chain(node),
    CallExpression: (node) => this.#calls.call(node),
    NewExpression: (node) => {
      // Where it is no class, the error quotes it.
      if (dotted(node.callee as Node) === undefined) node.callee = this.rewritten(node.callee as Node);
      node.arguments = (node.arguments as Node[]).map(this.rewritten);
      return node;
    },
    TaggedTemplateExpression: (node) => {
      node.quasi = this.inside(node.quasi as Node);
      return node;
    },
    AssignmentExpression: (node) => this.#assignments.assignment(node),
    UpdateExpression: (node) => this.#assignments.update(node),
    ExpressionStatement: (node) => {
      const expression = node.expression as Node;
      // Nobody has the value of the statement.
      if (expression.type === "UpdateExpression") expression.prefix = true;
      node.expression = this.rewritten(expression);
      return node;
    },
    UnaryExpression: (node) => this.#unary(node),
    SpreadElement: (node) => {
      const argument = node.argument as Node;
      node.argument = this.valueBefore(this.rewritten(argument), "reading", { ...argument }, isStored(argument));
      return node;
    },
    ObjectProperty: (node) => this.#property(node),
    YieldExpression: (node) => this.#yield(node),
    VariableDeclarator: (node) => {
      const { id, init } = node as unknown as { id: Node; init: Node | null };
      if (init) node.init = this.#taken(id, init);
      return node;
    },
    CatchClause: (node) => {
      node.body = this.rewritten(node.body as Node);
      return node;
    },
    MetaProperty: (node) => node,
    BreakStatement: (node) => node,
    ContinueStatement: (node) => node,
    LabeledStatement: (node) => this.#loops.labeled(node),
    ForStatement: (node) => {
      const update = node.update as Node | null;
      if (update?.type === "UpdateExpression") update.prefix = true;
      return this.#loops.loop(node);
    },
    WhileStatement: (node) => this.#loops.loop(node),
    DoWhileStatement: (node) => this.#loops.loop(node),
    ForOfStatement: (node) => this.#loops.over(node),
    ForInStatement: (node) => this.#loops.over(node),
    IfStatement: (node) => {
      node.consequent = this.#loops.block(node.consequent as Node);
      if (node.alternate) node.alternate = this.#loops.block(node.alternate as Node);
      return this.inside(node);
    },
    BlockStatement: (node) => {
      node.body = this.#statements(node.body as Node[]);
      return node;
    },
    SwitchCase: (node) => {
      if (node.test) node.test = this.rewritten(node.test as Node);
      node.consequent = this.#statements(node.consequent as Node[]);
      return node;
    },
  };

  /** Statements, each with its switch point if lines have one. */
  #statements(statements: readonly Node[]): Node[] {
    return statements.flatMap((node) => {
      const isDefinition = /^(?:Function|Class)Declaration$/.test(node.type);
      const point = isDefinition ? undefined : this.points.beforeLine(placed(node), this.name);
      return [...(point ? [{ type: "ExpressionStatement", expression: point }] : []), this.rewritten(node)];
    });
  }

  /** A value that is assigned to a name, or taken apart by a pattern. */
  #taken(pattern: Node, value: Node): Node {
    if (!/Pattern$/.test(pattern.type)) return this.rewritten(value);
    return this.valueBefore(this.rewritten(value), "reading", { ...value }, isStored(value));
  }

  #property(node: Node): Node {
    const value = node.value as Node;
    if (node.computed) node.key = this.rewritten(node.key as Node);
    node.value = this.rewritten(value);
    if (!node.shorthand || node.value === value) return node;
    // With a colon, a plain `__proto__` would be the prototype.
    const key = (node.key as Node).name as string;
    return Object.assign(node, { shorthand: false, ...(key === "__proto__" ? { key: text(key), computed: true } : {}) });
  }

  #unary(node: Node): Node {
    const argument = node.argument as Node;
    if (node.operator === "typeof" && argument.type === "Identifier") {
      return this.places.isRead(argument) ? this.before("reading", argument, node) : node;
    }
    if (node.operator !== "delete") return this.inside(node);
    if (argument.type !== "MemberExpression" || (argument.object as Node).type === "Super") return node;
    const place = { ...argument };
    const isShared = this.places.isShared(argument);
    const object = this.rewritten(argument.object as Node);
    const key = argument.property as Node;
    node.argument = argument.computed
      ? { ...argument, object, property: this.valueBefore(this.rewritten(key), "writing", place, isShared) }
      : { ...argument, object: this.valueBefore(object, "writing", place, isShared) };
    return node;
  }

  /** A `yield` of the user's. Who resumes the generator may be another one each time. */
  #yield(node: Node): Node {
    if (!node.delegate) {
      this.inside(node);
      const asked: Node = {
        type: "AssignmentExpression",
        operator: "=",
        left: identifier(aware),
        right: call(threadNames.resumed),
      };
      return call(threadNames.first, node, asked);
    }
    // The argument is `inner = delegate(point, x)`.
    const delegation = (node.argument as Node).right as Node;
    if ((delegation?.callee as Node | undefined)?.name !== names.delegate) return this.inside(node);
    const [point, ...given] = delegation.arguments as Node[];
    Object.assign(delegation, call(threadNames.delegate, identifier(aware), point as Node, ...given.map(this.rewritten)));
    return node;
  }
}

/** A statement, or the expression that it was made of. */
function placed(node: Node): Node {
  return node.type === "ReturnStatement" && !node.loc && node.argument ? (node.argument as Node) : node;
}

/** Whether a value may be stored somewhere: what an expression makes is nobody else's. */
export function isStored({ type }: Node): boolean {
  return /^(?:Identifier|ThisExpression|MemberExpression|OptionalMemberExpression)$/.test(type);
}
