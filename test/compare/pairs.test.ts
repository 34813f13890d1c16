import { describe, expect, it } from 'vitest';
import { compareSurfaces, resultLookup, type Change } from '../../src/blueprint/compare.js';
import type { JsonSchema } from '../../src/blueprint/types.js';
import {
  createPrint,
  operationsOf,
  operationsWithOtherInput,
  unchangedOperations,
} from './support/document-operations.js';
import { notesOf, pairNames, PAIRS, readState, type PairState } from './support/pair-documents.js';
import { readNotes } from './support/pair-notes.js';

const names = pairNames();
if (names.length === 0) console.log(`no pairs of documents at ${PAIRS}: nothing is compared`);

/** `api GET /pets/{id}` → `GET /pets/{id}`. */
function withoutSource(operation: string | undefined): string {
  return (operation ?? '').replace(/^\S+ /, '');
}

/** Whether two schemas differ in more than words, order and names of definitions. */
function differ(before: JsonSchema | undefined, after: JsonSchema | undefined): boolean {
  const [old, now] = [before, after].map((schema) => {
    const { $defs: _, ...root } = schema ?? {};
    return createPrint(schema ?? {})(root);
  });
  return old !== now;
}

/** Operations that came and went by what was reported, those that moved under one name among both. */
function reported(changes: readonly Change[], states: { old: PairState; new: PairState }) {
  const operationOf = (state: PairState, name: string): string =>
    withoutSource(state.surface.find((tool) => tool.name === name)?.operation);
  const of = (code: string): Change[] => changes.filter((change) => change.code === code);
  const moved = of('operation-moved');
  return {
    added: [
      ...of('tool-added').map(({ tool }) => operationOf(states.new, tool)),
      ...moved.map(({ after }) => withoutSource(after as string)),
    ].sort(),
    removed: [
      ...of('tool-removed').map(({ tool }) => operationOf(states.old, tool)),
      ...moved.map(({ before }) => withoutSource(before as string)),
    ].sort(),
    moved: moved.length,
    renamed: of('tool-renamed').map(({ tool }) => operationOf(states.new, tool)),
  };
}

it.skipIf(names.length === 0)('there are pairs of documents', () => {
  expect(names).not.toEqual([]);
});

describe.each(names)('two states of %s', (pair) => {
  const notes = readNotes(notesOf(pair));
  const reading = Promise.all([readState(pair, 'old'), readState(pair, 'new')]).then(
    ([old, now]) => ({
      states: { old, new: now },
      changes: compareSurfaces(old.surface, now.surface, resultLookup(now.blueprint)),
    }),
  );

  it('names the operations that came, went and moved', async () => {
    const { states, changes } = await reading;
    const found = reported(changes, states);
    const [old, now] = [operationsOf(states.old.document), operationsOf(states.new.document)];
    expect(found.added).toEqual([...now.keys()].filter((key) => !old.has(key)).sort());
    expect(found.removed).toEqual([...old.keys()].filter((key) => !now.has(key)).sort());
    expect(found).toMatchObject({ moved: notes.moved });
    expect([old.size, found.added.length, found.removed.length, now.size]).toEqual([
      notes.operations.before,
      notes.added,
      notes.removed,
      notes.operations.after,
    ]);
    expect(notes.addedNames.filter((name) => !found.added.includes(name))).toEqual([]);
    expect(notes.removedNames.filter((name) => !found.removed.includes(name))).toEqual([]);
    // An id that is made from method and path may be the name that was made from them before.
    expect(found.renamed.length).toBeLessThanOrEqual(notes.idsChanged);
  });

  it('calls nothing breaking in operations that did not change', async () => {
    const { states, changes } = await reading;
    const unchanged = unchangedOperations(states.old.document, states.new.document);
    // The notes count a few more as unchanged: they look at less.
    expect(unchanged.size).toBeGreaterThanOrEqual(Math.floor(notes.unchanged * 0.99));
    const tools = new Set(
      states.new.surface
        .filter(({ operation }) => unchanged.has(withoutSource(operation)))
        .map(({ name }) => name),
    );
    const wrong = changes.filter(({ tool, class: kind }) => tools.has(tool) && kind !== 'safe');
    expect(wrong).toEqual([]);
  });

  it('reports something of every schema that differs', async () => {
    const { states, changes } = await reading;
    const after = new Map(states.new.surface.map((tool) => [tool.operation, tool]));
    const missed = states.old.surface.flatMap((old) => {
      const now = after.get(old.operation);
      if (now === undefined) return [];
      return (['inputSchema', 'outputSchema'] as const)
        .filter((key) => differ(old[key], now[key]))
        .filter(
          (key) =>
            !changes.some((one) => one.tool === now.name && one.pointer.startsWith(`/${key}`)),
        )
        .map((key) => `${now.name} ${key}`);
    });
    expect(missed).toEqual([]);
  });

  it('names every operation whose input changed', async () => {
    const { states, changes } = await reading;
    const changed = operationsWithOtherInput(states.old.document, states.new.document);
    const told = new Set(
      changes
        .filter(({ pointer }) => /^\/(?:inputSchema|request)/.test(pointer))
        .map(({ tool }) => tool),
    );
    const missed = states.new.surface.filter(
      ({ name, operation }) => changed.has(withoutSource(operation)) && !told.has(name),
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
    expect(changed.size).toBeGreaterThanOrEqual(notes.inputsChanged);
  });

  it('says the same whichever way it is asked', async () => {
    const { states, changes } = await reading;
    const again = compareSurfaces(
      states.old.surface.toReversed(),
      states.new.surface.toReversed(),
      resultLookup(states.new.blueprint),
    );
    expect(again).toEqual(changes);
    expect(new Set(changes.map(({ id }) => id)).size).toBe(changes.length);
    expect(compareSurfaces(states.new.surface, structuredClone(states.new.surface))).toEqual([]);
    const counts = new Map<string, number>();
    for (const { class: kind } of changes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    console.log(
      `${pair}: ${states.old.surface.length} → ${states.new.surface.length} tools, ` +
        [...counts].map(([kind, count]) => `${count} ${kind}`).join(', '),
    );
  });
});
