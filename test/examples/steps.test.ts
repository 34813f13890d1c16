import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { snapshotUpstream } from '../../src/sources/upstream/snapshot-upstream.js';
import { writeUpstreamSnapshot } from '../../src/sources/upstream/snapshot.js';
import { call, connect, makeExample, TRANSPORTS, type Example } from './example.js';

const SCALES = fileURLToPath(new URL('scales-server.mjs', import.meta.url));

const SCHEMA = `CREATE TABLE jar (id integer PRIMARY KEY, shelf integer NOT NULL);\n`;
const ROWS = `INSERT INTO jar VALUES (1, 1), (2, 1), (3, 1), (4, 1), (9, 2);`;

const stocktake = (onError: string) => `
    description: Weighs the jars of a shelf.
    input:
      type: object
      properties: { shelf: { type: integer }, note: { type: string } }
      required: [shelf]
    steps:
      - id: jars
        call: list_jar
        with: { where: [{ column: shelf, operator: "=", value: "\${args.shelf}" }], limit: 10 }
      - { id: note, call: read_file, when: args.note != null, with: { path: "\${args.note}" }, onError: continue }
      - { id: weights, call: weigh, forEach: steps.jars.rows, as: jar, with: { jar: "\${jar.id}" }, concurrency: 2, onError: ${onError} }
    result: { weights: "\${steps.weights}", note: "\${steps.note.text}", noteError: "\${steps.note.error}" }
    output:
      type: object
      properties: { weights: { type: array }, note: { type: [string, "null"] }, noteError: { type: [string, "null"] } }
    deadlineMs: 8000
`;

const MANIFEST = `name: pantry-server
sources:
  pantry: { sql: specs/pantry.sql, dialect: postgres, database: "\${file:/run/secrets/pantry-url}" }
  notes: { filesystem: ["\${file:/run/secrets/notes-root}"] }
  scales:
    mcp: specs/scales.json
    connect: [{ command: [node, ${JSON.stringify(SCALES)}, "\${SCALES_LOG}"] }]
tools:
  skipping:${stocktake('skip')}
  going_on:${stocktake('continue')}
  strict:${stocktake('fail')}
`;

let folder: string;
let example: Example;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pantry-'));
  const given = join(folder, 'pantry');
  await mkdir(join(given, 'specs'), { recursive: true });
  await mkdir(join(folder, 'notes'));
  await writeFile(join(folder, 'notes/march.txt'), 'the jam is low\n');
  await writeFile(join(given, 'mcp.yaml'), MANIFEST);
  await writeFile(join(given, 'specs/pantry.sql'), SCHEMA);
  const listed = await snapshotUpstream({ command: [process.execPath, SCALES] });
  await writeFile(join(given, 'specs/scales.json'), writeUpstreamSnapshot(listed));
  example = await makeExample('pantry', folder);
});
afterAll(async () => {
  example?.remove();
  await rm(folder, { recursive: true, force: true });
});

describe.each(TRANSPORTS)(
  'steps over a database, a folder and another server, over %s',
  (transport) => {
    let client: Client;
    let close: () => Promise<void>;
    const log = () => join(folder, `${transport}.log`);
    const logged = async () => (await readFile(log(), 'utf8')).trim().split('\n');

    beforeAll(async () => {
      const data = join(folder, `${transport}-data`);
      const database = new PGlite(data);
      await database.exec(SCHEMA + ROWS);
      await database.close();
      // Secrets as platforms give them: in files, the variables of which name them.
      await writeFile(join(folder, `${transport}-url`), `pglite:${data}\n`);
      await writeFile(join(folder, `${transport}-root`), `${join(folder, 'notes')}\n`);
      ({ client, close } = await connect(example, transport, {
        PANTRY_URL_FILE: join(folder, `${transport}-url`),
        NOTES_ROOT_FILE: join(folder, `${transport}-root`),
        SCALES_LOG: log(),
      }));
      // The embedded database starts with the first call, which takes a busy machine more than the deadline.
      await call(client, 'list_jar', {});
    }, 60_000);
    afterAll(() => close?.());

    it('rows become calls, two at a time; what fails is passed over', async () => {
      const { data, text } = await call(client, 'skipping', { shelf: 1, note: 'march.txt' });
      expect([text, data]).toEqual([
        expect.any(String),
        {
          weights: [{ grams: 100 }, { grams: 300 }, { grams: 400 }],
          note: 'the jam is low\n',
        },
      ]);
      const begun = (await logged()).map((line) => Number(line.split(' ').at(-1)));
      expect([begun.length, Math.max(...begun)]).toEqual([4, 2]);
    });

    it('or stands as an error among the results; a step whose condition fails is not run', async () => {
      expect((await call(client, 'going_on', { shelf: 1 })).data).toEqual({
        weights: [{ grams: 100 }, { error: 'jar 2 is broken' }, { grams: 300 }, { grams: 400 }],
      });
    });

    it('or ends all, naming the step', async () => {
      const { isError, text } = await call(client, 'strict', { shelf: 1, note: 'march.txt' });
      expect([isError, text]).toEqual([
        true,
        // Two are weighed at a time, so that one or two others may be through by then.
        expect.stringMatching(
          /^Step 3 of 3, weights \(weigh\), failed: jar 2 is broken\nDone before, and not undone: jars, note, weights \([12] of 4\)\.$/,
        ),
      ]);
    });

    it('a file that is not there is told where that is borne, and nothing of the folder', async () => {
      const { data, text } = await call(client, 'strict', { shelf: 3, note: 'april.txt' });
      expect(data).toEqual({ weights: [], noteError: '"april.txt" does not exist.' });
      expect(text).not.toContain(folder);
    });

    it('the deadline of all steps ends the call of the other server', async () => {
      const { isError, text } = await call(client, 'skipping', { shelf: 2 });
      expect([isError, text]).toEqual([
        true,
        'Step 3 of 3, weights (weigh), failed: the deadline of 8000 ms for all steps passed\n' +
          'Done before, and not undone: jars.',
      ]);
      await vi.waitFor(async () => expect((await logged()).at(-1)).toBe('9 is cancelled'));
    });

    it('who leaves ends it, too', async () => {
      const before = (await logged()).length;
      const cancel = new AbortController();
      const left = client
        .callTool({ name: 'skipping', arguments: { shelf: 2 } }, { signal: cancel.signal })
        .catch((error: unknown) => error);
      await vi.waitFor(async () => expect(await logged()).toHaveLength(before + 1), 10_000);
      cancel.abort();
      expect(await left).toBeInstanceOf(Error);
      await vi.waitFor(async () => expect((await logged()).at(-1)).toBe('9 is cancelled'), 5_000);
    });
  },
);

it('a database that cannot be reached is the first step’s failure, without its address', async () => {
  const { client, close } = await connect(example, 'stdio', {
    PANTRY_URL: 'postgres://cook:s3cret@127.0.0.1:1/pantry',
    NOTES_ROOT: join(folder, 'notes'),
    SCALES_LOG: join(folder, 'none.log'),
  });
  try {
    const { isError, text } = await call(client, 'skipping', { shelf: 1 });
    expect([isError, text]).toEqual([
      true,
      expect.stringMatching(/^Step 1 of 3, jars \(list_jar\), failed: /),
    ]);
    expect(text).toMatch(/Nothing had been done before\.\nNot run: note, weights\.$/);
    expect(text).not.toMatch(/s3cret|127\.0\.0\.1/);
  } finally {
    await close();
  }
});

it('what is missing is named, and what it stands for', async () => {
  const { client, close } = await connect(example, 'stdio', {
    SCALES_LOG: 'x',
    MISSING_SETTINGS: 'warn',
  });
  try {
    const { isError, text } = await call(client, 'read_file', { path: 'march.txt' });
    expect([isError, text]).toEqual([true, expect.stringContaining('NOTES_ROOT')]);
    const listed = await call(client, 'list_jar', {});
    expect([listed.isError, listed.text]).toEqual([true, expect.stringContaining('PANTRY_URL')]);
  } finally {
    await close();
  }
});
