import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countModel } from '../../../bench/support/count-model.mjs';
import { readPostgres } from '../../../src/sources/sql/postgres/read-postgres.js';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/sql', import.meta.url));
const missing = existsSync(corpus) ? '' : ` (skipped: there is no ${corpus})`;

/** A share that covers much: all of them are compared by bench/sql-truth.mjs. */
const FILES = ['bacula', 'guacamole', 'icingadb', 'northwind-pgdump', 'openstreetmap', 'roundcube'];

describe.skipIf(missing)(`schemas of real products${missing}`, () => {
  it.each(FILES)('reads %s as a server does', async (name) => {
    const text = readFileSync(`${corpus}/postgres/${name}.sql`, 'utf8');
    const truth = JSON.parse(
      readFileSync(`${corpus}/truth/postgres/${name}.json`, 'utf8'),
    ) as Record<string, unknown>;
    const { model, skipped } = await readPostgres([{ path: `${name}.sql`, text }]);
    expect(skipped).toEqual([]);
    const counts = Object.entries(countModel(model)).filter(([metric]) => metric in truth);
    expect(counts.length).toBeGreaterThan(25);
    expect(truth).toMatchObject(Object.fromEntries(counts));
  });
});
