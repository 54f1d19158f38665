/**
 * The tree of one step, without a DOM: which nodes are open, which children are loaded, and which are requested. Open nodes stay open
 * from step to step, by path.
 */
import type { Detail } from "../../protocol/stepDetail";
import { OpenState } from "./openState";
import { addNodes, type Children, presentOf, type TreeNode } from "./treeNodes";
import type { Expanded } from "./wire";

/** The maximum number of tasks whose children are kept. */
const maxTasks = 12;

/** What the tree needs from the page. */
export interface TreePort {
  expand(handle: number, start: number): Promise<Expanded>;
  /** Called when the nodes have changed. */
  changed(): void;
  /** Saves the paths that differ from their default. */
  remember(toggled: string[]): void;
}

/** The nodes of a step's detail, opened and closed by path. */
export class ValueTree {
  private detail: Detail | undefined;
  private event = "";
  /** By task and path, so that nothing flickers when tasks take turns. */
  private readonly byTask = new Map<number, Map<string, Children>>();
  private children = new Map<string, Children>();
  readonly folds: OpenState;
  /** Paths of values without children that were toggled between one line and as many lines as their text needs. */
  private readonly toggledWhole = new Set<string>();

  /** @param toggled the paths that differ from their default */
  constructor(
    private readonly port: TreePort,
    toggled: readonly string[] = [],
  ) {
    this.folds = new OpenState((paths) => port.remember(paths), toggled);
  }

  /** Shows a step. The children of an earlier step stay until the new ones arrive, so that nothing flickers. */
  show(detail: Detail | undefined, event: string): void {
    this.children = this.childrenOf(detail?.task ?? -1);
    const same = detail?.step === this.detail?.step && detail?.task === this.detail?.task;
    if (!same) for (const children of this.children.values()) children.stale = true;
    this.detail = detail;
    this.event = event;
    this.load();
  }

  /** The nodes to draw, in order. */
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

  /** Opens a closed node and closes an open one. Opening it again repeats a request that was refused. */
  toggle(path: string): void {
    if (this.children.get(path)?.refused !== undefined) this.children.delete(path);
    this.folds.toggle(path);
    this.load();
    this.port.changed();
  }

  /** Pieces of a text are shown to be read: all of each, at first. */
  isWhole({ path, value }: TreeNode): boolean {
    return this.toggledWhole.has(path) !== (value?.piece === true);
  }

  /** Switches between a value in full and one line of it. */
  toggleWhole(path: string): void {
    if (!this.toggledWhole.delete(path)) this.toggledWhole.add(path);
    this.port.changed();
  }

  /** Requests the children after those that are loaded. */
  async more(path: string): Promise<void> {
    const children = this.children.get(path);
    if (children && !children.loading && !children.stale) await this.ask(children, presentOf(children));
  }

  /** Clears the children of all tasks, because another run is shown. */
  clear(): void {
    this.byTask.clear();
  }

  /** Forgets which values were open, because other tasks are shown. */
  forget(): void {
    this.folds.forgetValues();
    this.toggledWhole.clear();
  }

  private childrenOf(task: number): Map<string, Children> {
    const children = this.byTask.get(task) ?? new Map<string, Children>();
    this.byTask.delete(task);
    this.byTask.set(task, children);
    const [oldest] = this.byTask.keys();
    if (this.byTask.size > maxTasks && oldest !== undefined) this.byTask.delete(oldest);
    return children;
  }

  /** Requests the children of every open node that has none, or that has only those of an earlier step. */
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
