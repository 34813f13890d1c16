import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { parseManifest } from '../../dist/sources/manifest/manifest.js';
import { createLoader } from '../../dist/sources/read/loader.js';
import { readBlueprint } from '../../dist/sources/read-blueprint.js';
import { emitProject, startEmitted } from './emitted.mjs';
import { startPrism } from './prism.mjs';
import { startWitness } from './witness.mjs';

const LIMITS = {
  UPSTREAM_BREAKER_FAILURES: '1000000',
  UPSTREAM_TIMEOUT_MS: '15000',
};

/**
 * Emits a server for a document, starts it against a mock of the same document, and calls each tool that has an example.
 * Gives `{ tools, examples, outcomes: [{ tool, kind, reason }], cut }`; `cut` says that time or number of calls ran out.
 * Kinds: `2xx` · `4xx`, where the mock found the request wrong · `none`, where the request was right and the document has
 * no answer that the mock could give · `refused` by the server itself, before anything left · `other`.
 */
export async function callExamples(document, { seconds, calls }) {
  const closing = [];
  try {
    const prism = await startPrism(document);
    closing.push(prism.stop);
    const witness = await startWitness(prism.url);
    closing.push(witness.stop);
    const project = await emitProject(document);
    closing.push(project.remove);
    const blueprint = await blueprintOf(project);
    const server = await startEmitted(project, environment(blueprint, witness.url));
    closing.push(server.stop);
    const client = await connect(server.url);
    closing.push(() => client.close());

    const withExample = blueprint.tools.filter(({ example }) => example !== undefined);
    const outcomes = [];
    const end = Date.now() + seconds * 1000;
    for (const tool of sampled(withExample, calls)) {
      if (Date.now() > end || !(await prism.alive())) break;
      witness.forget();
      const crashes = prism.crashes.length;
      const result = await call(client, tool);
      const crash = prism.crashes[crashes];
      const outcome = crash
        ? { kind: 'other', reason: `the mock ended: ${crash}` }
        : classify(result, witness.last());
      outcomes.push({ tool: tool.name, ...outcome });
    }
    const cut = outcomes.length < withExample.length;
    return { tools: blueprint.tools.length, examples: withExample.length, outcomes, cut };
  } finally {
    for (const close of closing.reverse()) await close().catch(() => {});
  }
}

async function connect(url) {
  const client = new Client(
    { name: 'mock', version: '0' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

async function blueprintOf(project) {
  const manifest = parseManifest(await project.text('mcp.yaml'), 'mcp.yaml');
  return readBlueprint(manifest, { load: createLoader({ base: project.root }) });
}

/** Every base URL is the mock's, every secret something. */
function environment({ sources }, url) {
  const pairs = sources.flatMap(({ servers, settings }) => [
    ...settings.filter(({ secret }) => secret).map(({ env }) => [env, 'secret']),
    ...settings.filter(({ env }) => /USERNAME$|CLIENT_ID$/.test(env)).map(({ env }) => [env, 'me']),
    ...Object.values(servers).map(({ env }) => [env, url]),
  ]);
  return { ...LIMITS, ...Object.fromEntries(pairs) };
}

/** At most `count`, spread over the whole list. */
function sampled(list, count) {
  const step = Math.max(1, list.length / count);
  return Array.from(
    { length: Math.min(list.length, count) },
    (_, index) => list[Math.floor(index * step)],
  );
}

/** The text of an error; undefined when the call succeeded. */
async function call(client, { name, example }) {
  try {
    const result = await client.callTool({ name, arguments: example });
    return result.isError ? result.content.map(({ text = '' }) => text).join('\n') : undefined;
  } catch (error) {
    return error.message;
  }
}

function classify(problem, { status, violations = [] }) {
  const words = (problem ?? '').split('\n').slice(0, 2).join(' ').slice(0, 300);
  const wrong = [...violations, ...ownViolations(problem)];
  if (wrong.length > 0) return { kind: '4xx', reason: `${status} ${wrong.join('; ')}` };
  if (problem === undefined) return { kind: '2xx', reason: '' };
  if (status === undefined) {
    const refused = /^Invalid arguments|The request was not sent|is not configured/.test(problem);
    return { kind: refused ? 'refused' : 'other', reason: words };
  }
  if (status >= 400) return { kind: 'none', reason: `${status} ${mockWords(problem)}`.trim() };
  return { kind: 'other', reason: `${status} ${words}` };
}

/** Violations in the problem document that prism makes where the document describes no answer to wrong requests. */
function ownViolations(problem = '') {
  if (!problem.includes('errors#UNPROCESSABLE_ENTITY')) return [];
  const found = problem.matchAll(
    /\{(?:"location":\[([^\]]*)\],)?"severity":"Error"[^{}]*?"message":"((?:[^"\\]|\\.)*)"/g,
  );
  return [...found].map(([, place = '', message]) => `${place.replaceAll('"', '')}: ${message}`);
}

/** What prism says in a problem document of its own; nothing for an answer that it took from the document. */
function mockWords(text) {
  const [, kind = '', detail = ''] =
    /errors#(\w+)".*?"detail":"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  return kind === '' ? 'as the document says for this operation' : `${kind} ${detail}`.trim();
}
