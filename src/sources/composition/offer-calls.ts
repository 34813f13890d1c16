import type { Completion } from '../../blueprint/offers.js';
import type { Expression } from '../../blueprint/steps.js';
import type { Source, Tool } from '../../blueprint/types.js';
import { closest } from '../../diagnostics/closest.js';
import type { CompletionEntry } from '../manifest/offers.js';
import { checkArguments } from './check-arguments.js';
import type { Place } from './checker.js';
import type { Names } from './infer.js';
import { resultShape } from './result-shape.js';
import { itemOf, kindsOf, memberOf, shapeOf, type Shape } from './shape.js';

/** Checks what resources and prompts say of the tools that they call; problems are reported at the place that is given. */
export type OfferCalls = {
  /** A tool that only reads; undefined where there is none of that name. */
  toolAt: (name: string, place: Place) => Tool | undefined;
  argumentsAt: (
    tool: Tool,
    given: Readonly<Record<string, unknown>>,
    place: Place,
    names: Names,
  ) => Record<string, Expression>;
  /** Completions by the name that they are for; other names than `names` are reported. */
  completionsAt: (
    entries: Readonly<Record<string, CompletionEntry>>,
    placeOf: (name: string) => Place,
    names: string[],
  ) => Record<string, Completion>;
};

export function createOfferCalls(tools: readonly Tool[], sources: readonly Source[]): OfferCalls {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));

  const toolAt: OfferCalls['toolAt'] = (name, place) => {
    const tool = byName.get(name);
    if (tool === undefined) {
      const suggestion = closest(name, byName.keys());
      place.report('MCP711', { tool: name, ...(suggestion !== undefined && { suggestion }) });
    } else if (tool.annotations.readOnlyHint !== true) {
      place.report('MCP721', { tool: name });
    }
    return tool;
  };
  const argumentsAt: OfferCalls['argumentsAt'] = (tool, given, place, names) => {
    const { expressions, shapes } = place.at(['with']).members(given, names);
    for (const problem of checkArguments(tool, expressions, shapes)) {
      const { kind, argument } = problem;
      const at = kind === 'missing' ? place : place.at(['with', argument]);
      if (kind === 'type') at.report('MCP713', { why: problem.why });
      else at.report('MCP714', { ...problem, tool: tool.name, missing: kind === 'missing' });
    }
    return expressions;
  };
  const completionAt = (entry: CompletionEntry, place: Place, others: string[]): Completion => {
    if (Array.isArray(entry)) return { values: entry };
    const tool = toolAt(entry.tool, place.at(['tool']));
    const given = tool ? argumentsAt(tool, entry.with ?? {}, place, textNames(others)) : {};
    const path = entry.path
      .split('.')
      .flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]))
      .filter((part) => part !== '');
    if (tool) checkPath(path, resultShape(tool, sources), place.at(['path']));
    return { tool: entry.tool, with: given, path };
  };
  const completionsAt: OfferCalls['completionsAt'] = (entries, placeOf, names) =>
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => {
        const place = placeOf(name);
        if (!names.includes(name)) place.report('MCP722', { name, known: names.join(', ') });
        return [name, completionAt(entry, place, names)];
      }),
    );

  return { toolAt, argumentsAt, completionsAt };
}

/** Texts of which some may be missing; where numbers are wanted, they are read as such. */
export function textNames(names: readonly string[]): Names {
  const properties = Object.fromEntries(names.map((name) => [name, {}]));
  const args = shapeOf({ type: 'object', properties });
  // With no names at all nothing can be referred to.
  const roots = names.length === 0 ? [] : ([['args', args]] as const);
  return { roots: new Map(roots), steps: new Map(), later: [] };
}

function checkPath(path: readonly string[], result: Shape, place: Place): void {
  let at = result;
  for (const key of path) {
    const kinds = kindsOf(at);
    if (key === '[]') {
      if (kinds && !kinds.has('array'))
        return place.report('MCP713', { why: `there is no list before "[]"` });
      at = itemOf(at);
      continue;
    }
    const member = memberOf(at, key);
    if ('found' in member) {
      at = member.found;
      continue;
    }
    const known = 'missing' in member ? member.missing : [];
    const suggestion = closest(key, known);
    const why =
      known.length > 0 ? `there is ${known.slice(0, 8).join(', ')}` : 'it stands in no object';
    return place.report('MCP712', { reference: key, why, ...(suggestion && { suggestion }) });
  }
}
