import {
  uriVariables,
  type Completion,
  type Prompt,
  type Resource,
} from '../../blueprint/offers.js';
import type { Expression } from '../../blueprint/steps.js';
import type { JsonSchema, Source, Tool } from '../../blueprint/types.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import type { CompletionEntry, PromptEntry, ResourceEntry } from '../manifest/offers.js';
import { checkArguments } from './check-arguments.js';
import { createChecker, type Place } from './checker.js';
import { mimeTypeOf } from './mime-type.js';
import { itemOf, kindsOf, memberOf, shapeOf, type Shape } from './shape.js';
import type { Names } from './infer.js';
import { resultShape } from './result-shape.js';

export type OfferOptions = {
  tools: readonly Tool[];
  sources: readonly Source[];
  resources: Readonly<Record<string, ResourceEntry>>;
  prompts: Readonly<Record<string, PromptEntry>>;
  /** The manifest, for messages. */
  file: string;
};

/**
 * Resources and prompts of mcp.yaml, checked against the tools that they call. Throws an InputError with everything that is wrong
 * (MCP710–MCP714, MCP721–MCP723).
 */
export function compileOffers({ tools, sources, resources, prompts, file }: OfferOptions): {
  resources: Resource[];
  prompts: Prompt[];
} {
  const problems: Diagnostic[] = [];
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  const root = createChecker({ file, path: [] }, (problem) => problems.push(problem));

  const toolAt = (name: string, place: Place): Tool | undefined => {
    const tool = byName.get(name);
    if (tool === undefined) {
      const suggestion = closest(name, byName.keys());
      place.report('MCP711', { tool: name, ...(suggestion !== undefined && { suggestion }) });
    } else if (tool.annotations.readOnlyHint !== true) {
      place.report('MCP721', { tool: name });
    }
    return tool;
  };
  const argumentsAt = (
    tool: Tool,
    given: Readonly<Record<string, unknown>>,
    place: Place,
    names: Names,
  ): Record<string, Expression> => {
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
  const completionsAt = (
    entries: Readonly<Record<string, CompletionEntry>>,
    placeOf: (name: string) => Place,
    names: string[],
  ): Record<string, Completion> =>
    Object.fromEntries(
      Object.entries(entries).map(([name, entry]) => {
        const place = placeOf(name);
        if (!names.includes(name)) place.report('MCP722', { name, known: names.join(', ') });
        return [name, completionAt(entry, place, names)];
      }),
    );

  const resourceOf = ([name, entry]: [string, ResourceEntry]): Resource => {
    const place = root.at(['resources', name]);
    const uri = entry.uri ?? `resource://${name}`;
    const variables = uriVariables(uri);
    const content = (): Resource['content'] => {
      if (entry.file !== undefined) return { file: entry.file };
      if (entry.text !== undefined)
        return { text: place.at(['text']).value(entry.text, textNames(variables)).expression };
      const tool = toolAt(entry.tool!, place.at(['tool']));
      if (tool === undefined) return { tool: entry.tool!, with: {} };
      const properties = (tool.inputSchema['properties'] ?? {}) as Record<string, JsonSchema>;
      const own = variables.filter(
        (variable) =>
          Object.hasOwn(properties, variable) && !Object.hasOwn(entry.with ?? {}, variable),
      );
      const mapped = own.map((variable) => [variable, `\${args.${variable}}`]);
      const given = { ...Object.fromEntries(mapped), ...entry.with };
      return { tool: tool.name, with: argumentsAt(tool, given, place, textNames(variables)) };
    };
    const mimeType =
      entry.mimeType ?? (entry.file === undefined ? undefined : mimeTypeOf(entry.file));
    return {
      name,
      ...texts(entry),
      ...(mimeType !== undefined && { mimeType }),
      uri,
      content: content(),
      ...(entry.complete && {
        complete: completionsAt(entry.complete, (key) => place.at(['complete', key]), variables),
      }),
      origin: { file, path: place.path },
    };
  };

  const promptOf = ([name, entry]: [string, PromptEntry]): Prompt => {
    const place = root.at(['prompts', name]);
    const declared = Object.entries(entry.arguments ?? {});
    const names = declared.map(([key]) => key);
    const scope = textNames(names);
    const completed = declared.flatMap(([key, { complete }]) =>
      complete === undefined ? [] : [[key, complete] as const],
    );
    return {
      name,
      ...texts(entry),
      arguments: declared.map(([key, argument]) => ({
        name: key,
        ...texts(argument),
        required: argument.required === true,
      })),
      messages: entry.messages.map(({ role, text, resource, tool, with: given = {} }, index) => {
        const at = place.at(['messages', index]);
        if (text !== undefined)
          return { role, text: at.at(['text']).value(text, scope).expression };
        if (tool !== undefined) {
          const found = toolAt(tool, at.at(['tool']));
          return { role, tool, with: found ? argumentsAt(found, given, at, scope) : {} };
        }
        const uri = at.at(['resource']).value(resource, scope).expression;
        if ('value' in uri) checkUri(String(uri.value), at.at(['resource']));
        return { role, resource: uri };
      }),
      ...(completed.length > 0 && {
        complete: completionsAt(
          Object.fromEntries(completed),
          (key) => place.at(['arguments', key, 'complete']),
          names,
        ),
      }),
      origin: { file, path: place.path },
    };
  };

  // What sources give to be read is known only when the server runs.
  const isOpen = sources.some(({ kind }) => kind !== 'http');
  const uris = Object.entries(resources).map(([name, { uri }]) => uri ?? `resource://${name}`);
  const checkUri = (uri: string, place: Place): void => {
    if (isOpen || uris.some((known) => known === uri || known.includes('{'))) return;
    const suggestion = closest(uri, uris);
    place.report('MCP723', { uri, ...(suggestion !== undefined && { suggestion }) });
  };

  const compiled = {
    resources: Object.entries(resources).map(resourceOf),
    prompts: Object.entries(prompts).map(promptOf),
  };
  if (problems.length > 0) throw new InputError(problems);
  return compiled;
}

/** Texts of which some may be missing; where numbers are wanted, they are read as such. */
function textNames(names: readonly string[]): Names {
  const properties = Object.fromEntries(names.map((name) => [name, {}]));
  const args = shapeOf({ type: 'object', properties });
  // With no names at all nothing can be referred to.
  const roots = names.length === 0 ? [] : ([['args', args]] as const);
  return { roots: new Map(roots), steps: new Map(), later: [] };
}

function texts({
  title,
  description,
}: {
  title?: string | undefined;
  description?: string | undefined;
}) {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
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
