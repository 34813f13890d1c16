/** Names on a cycle of references: their strongly connected component has several members or a loop (Tarjan 1972). */
export function findRecursive(edges: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const recursive = new Set<string>();
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const visit = (start: string): void => {
    const frames = [{ name: start, next: [...(edges.get(start) ?? [])] }];
    enter(start);
    while (frames.length > 0) {
      const frame = frames.at(-1) as { name: string; next: string[] };
      const target = frame.next.pop();
      if (target === undefined) {
        frames.pop();
        leave(frame.name, frames.at(-1)?.name);
      } else if (!index.has(target)) {
        enter(target);
        frames.push({ name: target, next: [...(edges.get(target) ?? [])] });
      } else if (onStack.has(target)) {
        low.set(frame.name, Math.min(low.get(frame.name) ?? 0, index.get(target) ?? 0));
      }
    }
  };
  const enter = (name: string): void => {
    index.set(name, index.size);
    low.set(name, index.size - 1);
    stack.push(name);
    onStack.add(name);
  };
  const leave = (name: string, parent: string | undefined): void => {
    if (parent !== undefined) low.set(parent, Math.min(low.get(parent) ?? 0, low.get(name) ?? 0));
    if (low.get(name) !== index.get(name)) return;
    const members = stack.splice(stack.indexOf(name));
    for (const member of members) onStack.delete(member);
    const loops = edges.get(name)?.has(name) ?? false;
    if (members.length > 1 || loops) for (const member of members) recursive.add(member);
  };
  for (const name of edges.keys()) if (!index.has(name)) visit(name);
  return recursive;
}
