import { modelLine, modelText } from '../../blueprint/model-text.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import type { Loader, SourceText } from '../read/loader.js';
import { parseDocument } from '../read/parse-document.js';
import { Findings } from './context.js';
import { child, children, isObject, stringAt, type Node } from './node.js';
import { References } from './references.js';

/** An OpenAPI document with all files that it refers to. */
export type OpenApiDocument = {
  root: Node;
  references: References;
  findings: Findings;
  isSwagger2: boolean;
  /** As the document says it, e.g. `3.0.3`. */
  version: string;
};

/** How many files are read at a time. */
const PARALLEL = 16;

/** For how many dangling references the meant one is looked for. */
const MAX_GUESSES = 20;

/**
 * Reads a document and, for local references, the files below its folder. Throws an InputError only for what is no OpenAPI
 * document at all; a file that is missing costs those who refer to it.
 */
export async function openDocument(source: string, loader: Loader): Promise<OpenApiDocument> {
  const entry = await loader.readEntry(source);
  const value = parseDocument(entry.text, entry.file).value;
  const root: Node = { value, file: entry.file };
  const version = readVersion(root);
  const { files, problems } = await readFiles(root, loader);
  const byAddress = filesByOwnAddress(files);
  const findings = new Findings();
  const state = { files, problems, loader, guesses: 0 };
  const references = new References({
    files,
    resolveFile: (from, reference) =>
      byAddress.get(addressOf(reference, selfOf(files.get(from)))) ??
      loader.resolveRelative(from, reference),
    dangling: (node, reference) => reportDangling(findings, node, reference, state),
  });
  return { root, references, findings, isSwagger2: version.startsWith('2'), version };
}

function readVersion(root: Node): string {
  const origin = { file: root.file, path: [] };
  if (!isObject(root.value)) {
    const found = Array.isArray(root.value) ? 'its root is a list' : 'its root is not an object';
    throw new InputError([diagnostic('MCP101', { found }, { origin })]);
  }
  const { openapi, swagger } = root.value;
  const written = openapi ?? swagger;
  if (typeof written !== 'string' && typeof written !== 'number') {
    throw new InputError([diagnostic('MCP101', { found: describeRoot(root.value) }, { origin })]);
  }
  const version = Number.isInteger(written) ? `${written}.0` : String(written).trim();
  if (!/^(?:2\.0|3\.\d)/.test(version)) {
    throw new InputError([diagnostic('MCP112', { version }, { origin })]);
  }
  const hasOperations = ['paths', 'webhooks', 'components'].some((key) =>
    isObject(child(root, key).value),
  );
  if (!hasOperations) {
    throw new InputError([diagnostic('MCP101', { found: 'it has no "paths"' }, { origin })]);
  }
  return version;
}

function describeRoot(root: Record<string, unknown>): string {
  if (root['asyncapi'] !== undefined) return 'it is an AsyncAPI document';
  if (isObject(root['info']) && root['item'] !== undefined) return 'it is a Postman collection';
  if (root['$schema'] !== undefined) return 'it is a JSON Schema';
  if (root['swaggerVersion'] !== undefined) return 'it is Swagger 1.x';
  return 'its root has neither "openapi" nor "swagger"';
}

/** Reads every file that is referred to, directly or not, and remembers why one could not be read. */
async function readFiles(root: Node, loader: Loader) {
  const files = new Map<string, unknown>([[root.file, root.value]]);
  const problems = new Map<string, Diagnostic>();
  const tried = new Set<string>();
  let waiting = externalReferences(root.value).map((reference) => ({ from: root.file, reference }));
  while (waiting.length > 0) {
    const next: typeof waiting = [];
    const batch = waiting.splice(0, PARALLEL);
    await Promise.all(
      batch.map(async ({ from, reference }) => {
        const key = `${from}\n${reference}`;
        if (tried.has(key)) return;
        tried.add(key);
        try {
          const source = await loader.readRelative(from, reference);
          const { file } = source;
          if (files.has(file)) return;
          files.set(file, undefined);
          const value = parsePart(source);
          files.set(file, value);
          next.push(
            ...externalReferences(value).map((inner) => ({ from: file, reference: inner })),
          );
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
          const [problem] = error.diagnostics;
          if (problem) problems.set(key, problem);
        }
      }),
    );
    waiting = [...waiting, ...next];
  }
  return { files, problems };
}

/** A file that is referred to. What cannot be parsed, or is plain text, which YAML takes as well, is marked as foreign. */
function parsePart(source: SourceText): unknown {
  try {
    const { value } = parseDocument(source.text, source.file);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    source.isForeign = true;
    throw error;
  }
  source.isForeign = true;
  const fields = { format: 'JSON or YAML', why: 'it is plain text' };
  throw new InputError([diagnostic('MCP103', fields, { origin: { file: source.file, path: [] } })]);
}

/** Files by the address that they give themselves, wherever they were read from (`$self`, OpenAPI 3.2 §4.1.1). */
function filesByOwnAddress(files: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  const entries = [...files].flatMap(([file, value]): [string, string][] => {
    const self = selfOf(value);
    return self === undefined ? [] : [[self, file]];
  });
  return new Map(entries);
}

function selfOf(value: unknown): string | undefined {
  const self = isObject(value) && Object.hasOwn(value, '$self') ? value['$self'] : undefined;
  return typeof self === 'string' && URL.canParse(self) ? new URL(self).href : undefined;
}

function addressOf(reference: string, base: string | undefined): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href : reference;
}

/** The file parts of all references in a document, each once. */
function externalReferences(value: unknown): string[] {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const stack = [value];
  for (let at = stack.pop(); stack.length > 0 || at !== undefined; at = stack.pop()) {
    if (typeof at !== 'object' || at === null || seen.has(at)) continue;
    seen.add(at);
    const reference = (at as Record<string, unknown>)['$ref'];
    if (typeof reference === 'string' && !reference.startsWith('#'))
      found.add(reference.replace(/#.*$/s, ''));
    for (const inner of Object.values(at)) if (typeof inner === 'object') stack.push(inner);
  }
  return [...found];
}

function reportDangling(
  findings: Findings,
  node: Node,
  reference: string,
  state: {
    files: ReadonlyMap<string, unknown>;
    problems: ReadonlyMap<string, Diagnostic>;
    loader: Loader;
    guesses: number;
  },
): void {
  const key = `${node.file}\n${reference.replace(/#.*$/s, '')}`;
  const problem = state.problems.get(key);
  if (problem && (problem.code === 'MCP105' || problem.code === 'MCP107')) {
    findings.add(problem.code, { ref: reference }, node);
    return;
  }
  if (problem) {
    // What is wrong with a file is its own; a file that is missing was told of by the same words.
    const why = problem.message.replace(/^the file of \$ref "[^"]*" cannot be read: /, '');
    findings.add('MCP106', { ref: reference, why }, node);
    return;
  }
  // Comparing names is slow work: the first references show what is wrong.
  state.guesses += 1;
  const suggestion = state.guesses > MAX_GUESSES ? undefined : nearest(reference, node, state);
  findings.add('MCP104', { ref: reference, ...(suggestion !== undefined && { suggestion }) }, node);
}

/** The existing neighbour whose name is most like the missing one. */
function nearest(
  reference: string,
  node: Node,
  state: { files: ReadonlyMap<string, unknown>; loader: Loader },
): string | undefined {
  const [, filePart = '', parent = '', last = ''] = /^([^#]*)#(.*)\/([^/]+)$/.exec(reference) ?? [];
  const file = filePart === '' ? node.file : state.loader.resolveRelative(node.file, filePart);
  if (file === undefined || last === '') return undefined;
  let holder: Node = { value: state.files.get(file), file };
  for (const key of parent.split('/').slice(1))
    holder = child(holder, key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const match = closest(
    last,
    children(holder).map(({ key }) => String(key)),
  );
  return match === undefined ? undefined : `${filePart}#${parent}/${match}`;
}

/** `info.title` and `info.description`, as far as there are any. */
export function readInfo(root: Node): {
  title: string | undefined;
  description: string | undefined;
} {
  const info = child(root, 'info');
  const title = stringAt(info, 'title');
  const description = stringAt(info, 'description');
  return {
    title: title === undefined ? undefined : modelLine(title, 120),
    description: description === undefined ? undefined : modelText(description, 1_000),
  };
}
