/**
 * Rewrites the tree of a file so that it tells what it reads and writes, at the moment in which it does: an expression may be suspended
 * in the middle. Everything is evaluated in the same order as before, and once.
 */
import type { Node } from "../../load/babel";
import { mapChildren } from "../../load/children";
import { call, identifier, number, sequence, text } from "../../load/syntax";
import type { Touches } from "../touches";
import { Assignments } from "./assignments";
import type { Names } from "./bindings";
import { shownOf } from "./callees";
import { Calls } from "./calls";
import { seen } from "./effects";
import { hook } from "./hooks";
import { getsName, mayYield } from "./nodes";
import { Patterns } from "./patterns";
import type { Rewrites } from "./rewrites";

type Rule = (node: Node) => Node;

export class Rewriting {
  readonly #patterns: Patterns;
  readonly #calls: Calls;
  readonly #assignments: Assignments;

  constructor(
    touches: Touches,
    readonly names: Names,
  ) {
    this.#patterns = new Patterns(touches, names, this.#rewritten);
    const rewrites: Rewrites = {
      rewritten: this.#rewritten,
      member: (node) => this.#member(node),
      key: (node, way) => this.#key(node, way),
      reading: (node, way) => this.#reading(node, way),
      placeOf: (node) => this.#patterns.placeOf(node),
      taken: (pattern, value, by) => this.#patterns.taken(pattern, value, by),
      opaque: (node, shown) => this.#opaque(node, shown),
    };
    this.#calls = new Calls(rewrites);
    this.#assignments = new Assignments(rewrites, names);
  }

  rewriteProgram(program: Node): void {
    mapChildren(program, this.#rewritten);
  }

  readonly #rewritten = (node: Node): Node => {
    const rule =
      this.#rules[node.type] ?? (/^(Function|Arrow|(Object|Class(Private)?)Method)/.test(node.type) ? this.#function : undefined);
    return rule ? rule(node) : this.#inside(node);
  };

  #inside(node: Node): Node {
    mapChildren(node, this.#rewritten);
    return node;
  }

  readonly #rules: Readonly<Record<string, Rule>> = {
    Identifier: (node) => {
      const places = this.names.read.get(node);
      return places ? sequence(call(hook.read, ...places), node) : node;
    },
    MemberExpression: (node) => this.#member(node),
    OptionalMemberExpression: (node) => this.#calls.chain(node),
    OptionalCallExpression: (node) => this.#calls.optionalCall(node),
    CallExpression: (node) => this.#calls.call(node),
    NewExpression: (node) => {
      const shown = shownOf(node.callee as Node);
      this.#inside(node);
      node.callee = call(hook.callee, node.callee as Node, shown);
      return node;
    },
    TaggedTemplateExpression: (node) => this.#opaque(this.#insideOf(node, "quasi"), "a tagged template"),
    ImportExpression: (node) => this.#opaque(this.#inside(node), "import()"),
    AwaitExpression: (node) => {
      node.argument = call(hook.all, this.#rewritten(node.argument as Node));
      return call(hook.all, node);
    },
    JSXElement: (node) => this.#opaque(this.#inside(node), "JSX"),
    JSXFragment: (node) => this.#opaque(this.#inside(node), "JSX"),
    AssignmentExpression: (node) => this.#assignments.assignment(node),
    UpdateExpression: (node) => this.#assignments.update(node),
    UnaryExpression: (node) => (node.operator === "delete" ? this.#assignments.deletion(node) : this.#inside(node)),
    BinaryExpression: (node) => {
      this.#inside(node);
      const left = node.left as Node;
      if (node.operator === "in" && left.type !== "PrivateName") node.left = call(hook.readKey, left);
      return node;
    },
    SpreadElement: (node) => {
      node.argument = call(hook.iterated, this.#rewritten(node.argument as Node));
      return node;
    },
    ObjectExpression: (node) => this.#object(node),
    VariableDeclarator: (node) => this.#declarator(node),
    ForOfStatement: (node) => this.#forOf(node),
    ForInStatement: (node) => {
      const { left, right, body } = node as unknown as { left: Node; right: Node; body: Node };
      node.right = call(hook.all, this.#rewritten(right));
      node.body = this.#beginning(this.#rewritten(body), this.#patterns.written(left, node));
      return node;
    },
    ClassDeclaration: (node) => this.#class(node),
    ClassExpression: (node) => this.#class(node),
    CatchClause: (node) => {
      node.body = this.#rewritten(node.body as Node);
      return node;
    },
    ImportDeclaration: (node) => node,
    ExportAllDeclaration: (node) => node,
    ExportNamedDeclaration: (node) => {
      if (node.declaration) node.declaration = this.#rewritten(node.declaration as Node);
      return node;
    },
    LabeledStatement: (node) => {
      node.body = this.#rewritten(node.body as Node);
      return node;
    },
    BreakStatement: (node) => node,
    ContinueStatement: (node) => node,
    MetaProperty: (node) => node,
  };

  #insideOf(node: Node, key: string): Node {
    node[key] = this.#inside(node[key] as Node);
    return node;
  }

  /** An expression in which something may happen that cannot be seen. */
  #opaque(node: Node, shown: string): Node {
    const before = call(hook.all, identifier("undefined"), shown);
    return sequence(before, mayYield(node) ? call(hook.all, node) : node);
  }

  #member(node: Node): Node {
    const object = node.object as Node;
    if (object.type === "MetaProperty" || object.type === "Import") return node;
    if (object.type === "Super") {
      const place = this.#patterns.placeOf(node);
      if (node.computed) node.property = this.#key(node, hook.readKey);
      return place === undefined ? node : sequence(call(hook.read, place), node);
    }
    node.object = this.#rewritten(object);
    this.#reading(node, hook.readOf);
    return node;
  }

  /** Lets a member's object or key tell that it is read, or written. */
  #reading(node: Node, way: typeof hook.readOf | typeof hook.writeOf): void {
    const place = this.#patterns.placeOf(node);
    if (place !== undefined) node.object = call(way, node.object as Node, place);
    else node.property = this.#key(node, way === hook.readOf ? hook.readKey : hook.writeKey);
  }

  #key(node: Node, way: string): Node {
    return call(way, this.#rewritten(node.property as Node));
  }

  #object(node: Node): Node {
    for (const property of node.properties as Node[]) {
      if (property.type === "SpreadElement") property.argument = call(hook.all, this.#rewritten(property.argument as Node));
      else if (property.type === "ObjectProperty") {
        if (property.computed) property.key = this.#rewritten(property.key as Node);
        property.value = this.#rewritten(property.value as Node);
        property.shorthand = false;
      } else this.#function(property);
    }
    return node;
  }

  #declarator(node: Node): Node {
    const { id, init } = node as unknown as { id: Node; init: Node | null };
    if (!init) return node;
    const keepsName = getsName(init);
    node.init = this.#rewritten(init);
    if (id.type !== "Identifier") node.init = this.#patterns.taken(id, node.init as Node, node);
    else if (!keepsName) {
      const places = this.names.declared.get(id) ?? this.names.written(node, id.name as string);
      if (places) node.init = call(hook.write, ...places, node.init as Node);
    }
    return node;
  }

  #forOf(node: Node): Node {
    const { left, right, body } = node as unknown as { left: Node; right: Node; body: Node };
    const iterated = this.#rewritten(right);
    node.right = node.await ? call(hook.all, iterated) : call(hook.iterated, iterated);
    const patterns = left.type === "VariableDeclaration" ? (left.declarations as { id: Node }[]).map(({ id }) => id) : [left];
    const found = patterns.map((pattern) => this.#patterns.readsOf(pattern));
    const begun = this.#beginning(this.#rewritten(body), this.#patterns.written(left, node));
    const reads = found.flatMap((each) => each.reads);
    if (reads.length > 0) (begun.body as Node[]).unshift(statement(call(hook.read, ...reads)));
    if (node.await || found.some(({ isOpaque }) => isOpaque)) (begun.body as Node[]).unshift(statement(call(hook.all)));
    node.body = begun;
    return node;
  }

  /** The body of a loop, with what its head writes each time. */
  #beginning(body: Node, writes: readonly number[]): Node {
    const block = body.type === "BlockStatement" ? body : { type: "BlockStatement", body: [body], directives: [] };
    if (writes.length > 0) (block.body as Node[]).unshift(statement(call(hook.write, ...writes, number(0))));
    return block;
  }

  readonly #function = (node: Node): Node => {
    if (node.computed && node.key) node.key = this.#rewritten(node.key as Node);
    const isGenerator = node.generator === true;
    const reads = (node.params as Node[]).flatMap((param) => this.#patterns.readsOf(param).reads);
    const body = this.#rewritten(node.body as Node);
    const block = body.type === "BlockStatement" ? body : { type: "BlockStatement", directives: [], body: [returning(body)] };
    if (reads.length > 0 && !isGenerator) (block.body as Node[]).unshift(statement(call(hook.read, ...reads)));
    const directive = { type: "Directive", value: { type: "DirectiveLiteral", value: seen } };
    block.directives = [...((block.directives as Node[] | undefined) ?? []), directive];
    node.body = block;
    if (node.type === "ArrowFunctionExpression") node.expression = false;
    return node;
  };

  #class(node: Node): Node {
    if (node.superClass) node.superClass = this.#rewritten(node.superClass as Node);
    const body = node.body as Node;
    for (const member of body.body as Node[]) {
      if (/Method$/.test(member.type)) this.#function(member);
      else if (member.type === "StaticBlock") this.#inside(member);
      else {
        if (member.computed) member.key = this.#rewritten(member.key as Node);
        if (member.value) member.value = this.#rewritten(member.value as Node);
      }
    }
    (body.body as Node[]).push({ type: "StaticBlock", body: [statement(text(seen))] });
    return node;
  }
}

function statement(expression: Node): Node {
  return { type: "ExpressionStatement", expression };
}

function returning(argument: Node): Node {
  return { type: "ReturnStatement", argument };
}
