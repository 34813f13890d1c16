import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readAllowLists } from '../../../templates/src/runtime/serve/allow-lists.js';
import { bearerAuth } from '../../../templates/src/runtime/auth/bearer-auth.js';
import type { Backend } from '../../../templates/src/runtime/backend.js';
import { createCallSlots } from '../../../templates/src/runtime/calls/call-slots.js';
import { createCatalogue } from '../../../templates/src/runtime/catalogue.js';
import { createServerFactory } from '../../../templates/src/runtime/serve/create-server.js';
import { createHttpApp } from '../../../templates/src/runtime/serve/http-app.js';
import type { SqlDatabase } from '../../../templates/src/runtime/sql/database.js';
import { sqlBackend } from '../../../templates/src/runtime/sql/sql-backend.js';
import type { ServerTool } from '../../../templates/src/runtime/tool.js';
import { createToolCalls } from '../../../templates/src/runtime/calls/tool-calls.js';
import '../../support/typescript-children.js';
import { mcpRequest, SERVER } from '../serve/support.js';
import { quietLog } from '../sql/support/quiet.js';
import { driverOf, write } from '../sql-drivers/support.js';
import { AUDIENCE, makeKey, startIssuer, token, type Key } from './support.js';

const TOOL: ServerTool = {
  name: 'notes',
  description: 'Notes.',
  annotations: { readOnlyHint: true },
  inputSchema: { type: 'object', properties: {}, additionalProperties: false },
  ...{ sql: { source: 'db', action: 'list', table: 'mine' } },
};

const DATABASE: SqlDatabase = {
  id: 'db',
  dialect: 'postgres',
  env: 'DB_URL',
  claims: { 'app.user': { token: 'sub', env: 'DB_APP_USER' } },
  limits: {
    ...{ defaultRows: 10, maxRows: 10, timeoutMs: 5_000 },
    ...{ maxTextChars: 100, maxBinaryBytes: 100 },
  },
  tables: {
    mine: { schema: 'public', name: 'mine', columns: { body: { kind: 'text', type: 'text' } } },
  },
};

let folder: string;
let address: string;
let key: Key;
let issuer: Awaited<ReturnType<typeof startIssuer>>;
const open: Backend[] = [];

async function closeAll(): Promise<void> {
  for (const backend of open.splice(0)) await backend.close();
}

beforeAll(async () => {
  quietLog();
  folder = await mkdtemp(join(tmpdir(), 'claims-'));
  address = `pglite:${folder}/data`;
  const driver = driverOf(address);
  await write(driver, [
    'CREATE TABLE note (owner text, body text)',
    "INSERT INTO note VALUES ('ada', 'of Ada'), ('bob', 'of Bob'), ('', 'of nobody')",
    "CREATE VIEW mine AS SELECT body FROM note WHERE owner = current_setting('app.user')",
  ]);
  await driver.close();
  key = await makeKey('ES256', 'k');
  issuer = await startIssuer([key]);
});

// One process at a time can have the folder open.
afterEach(closeAll);

afterAll(async () => {
  await issuer.close();
  await rm(folder, { recursive: true, force: true });
});

function makeServer(overHttp: boolean, env: Record<string, string>) {
  const all = { DB_URL: address, ...env };
  const access = overHttp
    ? bearerAuth({ issuer: { value: issuer.issuer }, audience: { value: AUDIENCE } })({
        ...{ env: all, title: 'Notes', tools: [TOOL] },
      })
    : undefined;
  const backend = sqlBackend({ db: DATABASE })({ env: all, userAgent: 'test/1', access });
  open.push(backend);
  const catalogue = createCatalogue([TOOL]);
  const call = createToolCalls({
    ...{ catalogue, access, backends: [backend] },
    problems: backend.problems,
    slots: createCallSlots({ concurrency: 4, queue: 40 }),
    timeoutMs: 20_000,
    maxResultChars: 10_000,
  });
  const made = createServerFactory(SERVER, catalogue, call);
  const factory = access?.guard(made, () => catalogue) ?? made;
  const allow = readAllowLists({}, '127.0.0.1');
  return { call, app: createHttpApp({ factory, allow, maxBodyBytes: 10_000, access }) };
}

describe('claims of the token decide what the database shows', () => {
  it('each caller sees what is theirs, at the same time', { timeout: 60_000 }, async () => {
    // What the environment says is nobody's token.
    const { app } = makeServer(true, { DB_APP_USER: 'bob' });
    const ask = async (claim: unknown) => {
      const bearer = await token(key, { iss: issuer.issuer, sub: claim as string });
      const response = await app.fetch(
        mcpRequest(
          JSON.stringify({
            ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
            params: { name: 'notes', arguments: {} },
          }),
          { authorization: `Bearer ${bearer}` },
        ),
      );
      return response.text();
    };
    const subjects = ['ada', 'bob', 'eve', "x' OR ''='"];
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => ask(subjects[index % 4])),
    );
    const seen = answers.map((answer) =>
      ['of Ada', 'of Bob', 'of nobody'].filter((body) => answer.includes(body)).join(),
    );
    expect(seen).toEqual(Array.from({ length: 6 }, () => ['of Ada', 'of Bob', '', '']).flat());
    for (const answer of answers) expect(answer).not.toContain('"isError":true');

    for (const sub of [undefined, '', 2 ** 53, 1.5, true, ['bob'], { bob: 1 }]) {
      const refused = await ask(sub);
      expect(refused).toContain(
        "The caller's token has no claim sub, by which the database decides what is seen. Nothing was asked.",
      );
      expect(refused).toContain('"isError":true');
    }
  });

  it('over stdio a setting stands in for it, or the tool does not work', async () => {
    const signal = new AbortController().signal;
    const bob = await makeServer(false, { DB_APP_USER: 'bob' }).call(TOOL, {}, signal);
    expect(bob.structuredContent).toMatchObject({ rows: [{ body: 'of Bob' }] });
    await closeAll();
    const none = await makeServer(false, {}).call(TOOL, {}, signal);
    expect(none.isError).toBe(true);
    expect(none.content).toEqual([
      {
        type: 'text',
        text: 'notes is not configured on this server:\n- DB_APP_USER must be set: app.user.',
      },
    ]);
  });
});
