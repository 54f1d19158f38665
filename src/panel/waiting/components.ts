/**
 * Graph algorithms for the layout: strongly connected components, their ranks, and weakly connected components.
 */

export interface Edge<N> {
  readonly from: N;
  readonly to: N;
}

/** Nodes that all reach each other. If possible, each has an arrow to the next. */
export type Component<N> = readonly N[];

/** The strongly connected components, by an iterative version of Tarjan's algorithm. The head of an arrow comes before its tail. */
export function componentsOf<N>(nodes: readonly N[], edges: readonly Edge<N>[]): Component<N>[] {
  const next = successors(edges);
  const index = new Map<N, number>();
  const low = new Map<N, number>();
  const stack: N[] = [];
  const onStack = new Set<N>();
  const found: N[][] = [];
  for (const root of nodes) {
    if (index.has(root)) continue;
    const path: { node: N; at: number }[] = [];
    const enter = (node: N): void => {
      index.set(node, index.size);
      low.set(node, index.get(node) as number);
      stack.push(node);
      onStack.add(node);
      path.push({ node, at: 0 });
    };
    const lower = (node: N, to: number): void => void low.set(node, Math.min(low.get(node) as number, to));
    enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const { node } = top;
      const successor = next.get(node)?.[top.at];
      top.at += 1;
      if (successor === undefined) {
        path.pop();
        const parent = path.at(-1);
        if (parent) lower(parent.node, low.get(node) as number);
        if (low.get(node) !== index.get(node)) continue;
        const component = stack.splice(stack.indexOf(node));
        for (const each of component) onStack.delete(each);
        found.push(component);
      } else if (!index.has(successor)) enter(successor);
      else if (onStack.has(successor)) lower(node, index.get(successor) as number);
    }
  }
  return found;
}

/** For each component, the length of the longest path that starts there. */
export function ranksOf<N>(components: readonly Component<N>[], edges: readonly Edge<N>[]): number[] {
  const componentOf = new Map(components.flatMap((nodes, index) => nodes.map((node) => [node, index] as const)));
  const next = successors(edges);
  const ranks: number[] = [];
  components.forEach((nodes, index) => {
    const reached = nodes.flatMap((node) => next.get(node) ?? []).map((node) => componentOf.get(node) as number);
    ranks.push(reached.reduce((most, other) => (other === index ? most : Math.max(most, (ranks[other] ?? 0) + 1)), 0));
  });
  return ranks;
}

/** The weakly connected components of the graph, in the order of their first nodes. */
export function islandsOf<N>(nodes: readonly N[], edges: readonly Edge<N>[]): N[][] {
  const around = successors([...edges, ...edges.map(({ from, to }) => ({ from: to, to: from }))]);
  const seen = new Set<N>();
  const islands: N[][] = [];
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    const reached = [start];
    for (const node of reached) {
      for (const other of around.get(node) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        reached.push(other);
      }
    }
    const island = new Set(reached);
    islands.push(nodes.filter((node) => island.has(node)));
  }
  return islands;
}

function successors<N>(edges: readonly Edge<N>[]): Map<N, N[]> {
  const next = new Map<N, N[]>();
  for (const { from, to } of edges) {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
  }
  return next;
}
