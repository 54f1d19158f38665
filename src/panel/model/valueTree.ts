/**
 * The tree of one step, without a DOM: which nodes are open, which children are loaded, and which are requested. Open nodes
 * stay open from step to step, by path.
 */
import type { Detail } from "../../protocol/panel";
import { OpenState } from "./openState";
import { addNodes, type Children, presentOf, type TreeNode } from "./treeNodes";
import type { Expanded } from "./wire";

/** Children are kept for this many tasks. */
const maxTasks = 12;

/** What the tree needs from outside. */
export interface TreePort {
  expand(handle: number, start: number): Promise<Expanded>;
  /** There are other nodes now. */
  changed(): void;
  /** Paths that do not stand as they do at first, to be kept for the next time. */
  remember(toggled: string[]): void;
}

/** The nodes of a step's detail, opened and closed by path. */
export class ValueTree {
  private detail: Detail | undefined;
  private event = "";
  /** By task and path, so that tasks that take turns do not flicker. */
  private readonly byTask = new Map<number, Map<string, Children>>();
  private children = new Map<string, Children>();
  readonly folds: OpenState;
  /** Values without children of which all is shown, on as many lines as that takes. */
  private readonly whole = new Set<string>();

  /** @param toggled the paths that do not stand as they do at first */
  constructor(
    private readonly port: TreePort,
    toggled: readonly string[] = [],
  ) {
    this.folds = new OpenState((paths) => port.remember(paths), toggled);
  }

  /** Shows a step; children of an earlier one stay until the new ones are here, so that nothing flickers. */
  show(detail: Detail | undefined, event: string): void {
    this.children = this.childrenOf(detail?.task ?? -1);
    const same = detail?.step === this.detail?.step && detail?.task === this.detail?.task;
    if (!same) for (const children of this.children.values()) children.stale = true;
    this.detail = detail;
    this.event = event;
    this.load();
  }

  /** What is to be drawn, in order. */
  nodes(): TreeNode[] {
    const nodes: TreeNode[] = [];
    const { detail } = this;
    if (!detail) return nodes;
    const tree = {
      children: this.children,
      isOpen: (path: string, byDefault: "open" | "closed") => this.folds.isOpen(path, byDefault),
    };
    addNodes(nodes, tree, detail, this.event);
    return nodes;
  }

  /** Opens a closed node and closes an open one. What was refused is asked for again when it is opened again. */
  toggle(path: string): void {
    if (this.children.get(path)?.refused !== undefined) this.children.delete(path);
    this.folds.toggle(path);
    this.load();
    this.port.changed();
  }

  isWhole(path: string): boolean {
    return this.whole.has(path);
  }

  /** Shows all of a value, or one line of it again. */
  toggleWhole(path: string): void {
    if (!this.whole.delete(path)) this.whole.add(path);
    this.port.changed();
  }

  /** Asks for the children after those that are here. */
  async more(path: string): Promise<void> {
    const children = this.children.get(path);
    if (children && !children.loading && !children.stale) await this.ask(children, presentOf(children));
  }

  /** Forgets the children of every task: another run is shown. */
  clear(): void {
    this.byTask.clear();
  }

  /** Forgets what was opened of other tasks' values. */
  forget(): void {
    this.folds.forgetValues();
    this.whole.clear();
  }

  private childrenOf(task: number): Map<string, Children> {
    const children = this.byTask.get(task) ?? new Map<string, Children>();
    this.byTask.delete(task);
    this.byTask.set(task, children);
    const [oldest] = this.byTask.keys();
    if (this.byTask.size > maxTasks && oldest !== undefined) this.byTask.delete(oldest);
    return children;
  }

  /** Asks for the children of every open node that has none, or only those of an earlier step. */
  private load(): void {
    for (const node of this.nodes()) {
      if (!node.open || node.handle === undefined || node.stale) continue;
      const children = this.children.get(node.path);
      if (children && !children.stale && children.handle === node.handle) continue;
      const fresh = { handle: node.handle, properties: children?.properties ?? [], total: children?.total ?? 0, stale: false };
      const asked: Children = { ...fresh, outdated: fresh.properties.length > 0, loading: false };
      this.children.set(node.path, asked);
      void this.ask(asked, 0);
    }
  }

  private async ask(children: Children, start: number): Promise<void> {
    children.loading = true;
    children.refused = undefined;
    const kept = start === 0 ? [] : children.properties;
    try {
      const { properties, total } = await this.port.expand(children.handle, start);
      children.properties = [...kept, ...properties];
      children.total = properties.length === 0 ? presentOf(children) : total;
    } catch (error) {
      children.properties = kept;
      children.refused = error instanceof Error ? error.message : String(error);
    }
    children.loading = false;
    children.outdated = false;
    this.load();
    this.port.changed();
  }
}
