import { uriVariables, type Resource } from '../../blueprint/offers.js';
import type { JsonSchema } from '../../blueprint/types.js';
import { uriOf, type ResourceEntry } from '../manifest/offers.js';
import type { Place } from './checker.js';
import { mimeTypeOf } from './mime-type.js';
import { textNames, type OfferCalls } from './offer-calls.js';
import { offerTexts } from './offer-texts.js';

/** A resource of mcp.yaml, `place` being its entry in `file`. */
export function compileResource(
  name: string,
  entry: ResourceEntry,
  { place, file, calls }: { place: Place; file: string; calls: OfferCalls },
): Resource {
  const uri = uriOf(name, entry);
  const variables = uriVariables(uri);
  const mimeType =
    entry.mimeType ?? (entry.file === undefined ? undefined : mimeTypeOf(entry.file));
  return {
    name,
    ...offerTexts(entry),
    ...(mimeType !== undefined && { mimeType }),
    uri,
    content: contentOf(entry, variables, place, calls),
    ...(entry.complete && {
      complete: calls.completionsAt(
        entry.complete,
        (key) => place.at(['complete', key]),
        variables,
      ),
    }),
    origin: { file, path: place.path },
  };
}

/** Arguments of a tool that have the name of a variable of the URI are given from there. */
function contentOf(
  entry: ResourceEntry,
  variables: string[],
  place: Place,
  { toolAt, argumentsAt }: OfferCalls,
): Resource['content'] {
  if (entry.file !== undefined) return { file: entry.file };
  if (entry.text !== undefined)
    return { text: place.at(['text']).value(entry.text, textNames(variables)).expression };
  const tool = toolAt(entry.tool!, place.at(['tool']));
  if (tool === undefined) return { tool: entry.tool!, with: {} };
  const properties = (tool.inputSchema['properties'] ?? {}) as Record<string, JsonSchema>;
  const own = variables.filter(
    (variable) => Object.hasOwn(properties, variable) && !Object.hasOwn(entry.with ?? {}, variable),
  );
  const mapped = own.map((variable) => [variable, `\${args.${variable}}`]);
  const given = { ...Object.fromEntries(mapped), ...entry.with };
  return { tool: tool.name, with: argumentsAt(tool, given, place, textNames(variables)) };
}
