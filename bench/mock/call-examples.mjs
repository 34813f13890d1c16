import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { parseManifest } from '../../dist/sources/manifest/manifest.js';
import { createLoader } from '../../dist/sources/read/loader.js';
import { readBlueprint } from '../../dist/sources/read-blueprint.js';
import { emitProject, startEmitted } from './emitted.mjs';
import { startPrism } from './prism.mjs';

const AT_ONCE = 4;
/** The mock ended while it was asked. */
const LOST = /cannot be reached|connection to the upstream broke/;
const LIMITS = {
  UPSTREAM_BREAKER_FAILURES: '1000000',
  UPSTREAM_TIMEOUT_MS: '15000',
};

/**
 * Emits a server for a document, starts it against a mock of the same document, and calls each tool that has an example.
 * Gives `{ tools, examples, outcomes: [{ tool, kind, reason }], cut }`, where `kind` is `2xx`, `4xx`, `5xx`, `refused` (by
 * the server itself, before anything left) or `other`; `cut` says that time or number of calls ran out.
 */
export async function callExamples(document, { seconds, calls }) {
  const end = Date.now() + seconds * 1000;
  const prism = await startPrism(document);
  let project;
  let server;
  let client;
  try {
    project = await emitProject(document);
    const blueprint = await blueprintOf(project);
    server = await startEmitted(project, environment(blueprint, prism.url));
    client = new Client(
      { name: 'mock', version: '0' },
      { versionNegotiation: { mode: { pin: '2026-07-28' } } },
    );
    await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
    const withExample = blueprint.tools.filter(({ example }) => example !== undefined);
    const waiting = sampled(withExample, calls);
    const outcomes = [];
    const lost = [];
    const worker = async () => {
      while (waiting.length > 0 && Date.now() < end) {
        const tool = waiting.shift();
        const outcome = await call(client, tool);
        if (!LOST.test(outcome.reason)) outcomes.push({ tool: tool.name, ...outcome });
        else lost.push(tool);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    // One by one: which request is it that ends the mock?
    for (const tool of lost) {
      if (Date.now() > end || !(await prism.alive())) break;
      const crashes = prism.crashes.length;
      const outcome = await call(client, tool);
      const isCulprit = prism.crashes.length > crashes || LOST.test(outcome.reason);
      const reason = `the mock ended: ${prism.crashes.at(-1)}`;
      outcomes.push({ tool: tool.name, ...(isCulprit ? { kind: 'other', reason } : outcome) });
    }
    return {
      tools: blueprint.tools.length,
      examples: withExample.length,
      outcomes,
      cut: outcomes.length < withExample.length,
    };
  } finally {
    await client?.close().catch(() => {});
    await server?.stop();
    await project?.remove();
    await prism.stop();
  }
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

async function call(client, { name, example }) {
  try {
    const result = await client.callTool({ name, arguments: example });
    if (!result.isError) return { kind: '2xx', reason: '' };
    return classify(result.content.map(({ text = '' }) => text).join('\n'));
  } catch (error) {
    return { kind: 'other', reason: error.message.slice(0, 300) };
  }
}

function classify(text) {
  const status = /^HTTP (\d)(\d\d)/.exec(text);
  if (status) return { kind: `${status[1]}xx`, reason: `${status[1]}${status[2]} ${why(text)}` };
  const refused = /^Invalid arguments|The request was not sent|is not configured/.test(text);
  return { kind: refused ? 'refused' : 'other', reason: text.split('\n').slice(0, 3).join(' ') };
}

/** The reason in prism's problem document: each violation with its place. */
function why(text) {
  const body = /^\{.*/m.exec(text)?.[0] ?? '';
  // The text may be cut, so the document is not always JSON.
  const violations = [
    ...body.matchAll(
      /\{(?:"location":\[([^\]]*)\],)?"severity":"Error"[^{}]*?"message":("(?:[^"\\]|\\.)*")/g,
    ),
  ].map(([, place = '', message]) =>
    [place.replaceAll('"', ''), JSON.parse(message)].filter((part) => part !== '').join(': '),
  );
  if (violations.length > 0) return violations.join('; ');
  const detail = /"detail":("(?:[^"\\]|\\.)*")/.exec(body);
  const kind = /errors#(\w+)/.exec(body)?.[1] ?? '';
  if (detail) return `${kind} ${JSON.parse(detail[1])}`.trim();
  return text.split('\n').slice(1, 2).join('').slice(0, 200);
}
