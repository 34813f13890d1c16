import { createHash } from 'node:crypto';

type Json = Record<string, unknown>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** The operations of a document by method and path, each with the parameters of its path. */
export function operationsOf(document: Json): Map<string, Json> {
  const found = new Map<string, Json>();
  for (const [path, item] of Object.entries((document['paths'] ?? {}) as Record<string, Json>)) {
    for (const method of METHODS) {
      const operation = item[method] as Json | undefined;
      if (operation === undefined) continue;
      const parameters = [
        ...((item['parameters'] ?? []) as Json[]),
        ...((operation['parameters'] ?? []) as Json[]),
      ];
      found.set(`${method.toUpperCase()} ${path}`, { ...operation, parameters });
    }
  }
  return found;
}

/**
 * Operations that are the same in both documents with all that they refer to, whatever that is called. Descriptions, examples
 * and extensions inside of them do not count; their own summary and description do.
 */
export function unchangedOperations(before: Json, after: Json): Set<string> {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const [printOld, printNow] = [createPrint(before), createPrint(after)];
  const textOf = (operation: Json, print: (value: unknown) => string): string => {
    const { summary, description, operationId, tags: _, ...rest } = operation;
    return `${String(summary)}|${String(description)}|${String(operationId)}|${print(rest)}`;
  };
  return new Set(
    [...old.keys()].filter((key) => {
      const other = now.get(key);
      return other !== undefined && textOf(old.get(key)!, printOld) === textOf(other, printNow);
    }),
  );
}

/** Operations of both documents whose parameters or body differ, with all that these refer to; words do not count. */
export function operationsWithOtherInput(before: Json, after: Json): Set<string> {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  const textOf = ({ parameters, requestBody }: Json, print: (value: unknown) => string): string =>
    [...(parameters as Json[])].map(print).sort().join() + print(requestBody ?? null);
  const [printOld, printNow] = [createPrint(before), createPrint(after)];
  return new Set(
    [...old.keys()].filter((key) => {
      const other = now.get(key);
      return other !== undefined && textOf(old.get(key)!, printOld) !== textOf(other, printNow);
    }),
  );
}

/** How often what is behind references is put in their place: deeper than that, documents are taken to be equal. */
const ROUNDS = 20;

/** Makes a print of a value and of everything behind its references, without their names. */
export function createPrint(document: Json): (value: unknown) => string {
  const texts = new Map<string, string[]>();
  const textOf = (name: string): string[] => {
    const known = texts.get(name);
    if (known) return known;
    const text = pieces(essence(lookUp(document, name)));
    texts.set(name, text);
    return text;
  };
  const prints = new Map<string, string>();
  for (const name of referencesIn(JSON.stringify(document))) textOf(name);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = [...texts].map(([name, text]): [string, string] => [name, filled(text, prints)]);
    for (const [name, print] of next) prints.set(name, print);
  }
  return (value) => filled(pieces(essence(value)), prints);
}

/** Text and names of references in turn. */
function pieces(value: unknown): string[] {
  return (JSON.stringify(value) ?? '').split(/"\$ref":"(#\/[^"]*)"/);
}

function filled(text: readonly string[], prints: ReadonlyMap<string, string>): string {
  const hash = createHash('sha1');
  text.forEach((piece, index) => hash.update(index % 2 === 0 ? piece : (prints.get(piece) ?? '')));
  return hash.digest('base64');
}

function referencesIn(text: string): Set<string> {
  return new Set([...text.matchAll(/"\$ref":"(#\/[^"]*)"/g)].map(([, name]) => name!));
}

const WORDS: ReadonlySet<string> = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'title',
]);

/** Members sorted, words left out; a member of `properties` is never one. */
function essence(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => essence(item));
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value)
    .filter((name) => key === 'properties' || !(WORDS.has(name) || name.startsWith('x-')))
    .sort();
  const kept = names.map((name) => [
    name,
    essence((value as Json)[name], key === 'properties' ? '' : name),
  ]);
  return Object.fromEntries(kept);
}

function lookUp(document: Json, reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], document);
}
