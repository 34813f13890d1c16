import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { countModel } from '../../bench/support/count-model.mjs';
import { EXPLAINED } from '../../bench/support/sql-truth-explained.mjs';
import { detectDialect } from '../../src/sources/sql/detect-dialect.js';
import type { DatabaseModel } from '../../src/sources/sql/model.js';
import { readMysql } from '../../src/sources/sql/mysql/read-mysql.js';
import { readSqlite } from '../../src/sources/sql/sqlite/read-sqlite.js';

const corpus = fileURLToPath(new URL('../../../shared/corpus/sql', import.meta.url));
const missing = existsSync(corpus) ? '' : ' (skipped: there is no corpus beside the project)';
const namesOf = (dialect: string): string[] =>
  missing ? [] : readdirSync(`${corpus}/${dialect}`).map((file) => file.replace('.sql', ''));
const textOf = (dialect: string, name: string): string =>
  readFileSync(`${corpus}/${dialect}/${name}.sql`, 'utf8');

/** Counts that differ from the truth without a reason. */
function differences(dialect: string, name: string, model: DatabaseModel): string[] {
  const truth = JSON.parse(
    readFileSync(`${corpus}/truth/${dialect}/${name}.json`, 'utf8'),
  ) as Record<string, number>;
  return Object.entries(countModel(model))
    .filter(([count, ours]) => typeof truth[count] === 'number' && truth[count] !== ours)
    .filter(([count]) => EXPLAINED[`${dialect}/${name}`]?.[count] === undefined)
    .map(([count, ours]) => `${count}: ${ours}, and ${truth[count]} on a server`);
}

describe.skipIf(missing)(`real schemas${missing}`, () => {
  it.each(namesOf('mysql'))('of MySQL are read as a server reads them: %s', (name) => {
    const { model } = readMysql([{ path: `${name}.sql`, text: textOf('mysql', name) }]);
    expect(differences('mysql', name, model)).toEqual([]);
  });

  // All of them: bench/sql-truth.mjs.
  it.each(['sakila', 'synapse'])('of SQLite are read as it reads them: %s', async (name) => {
    const { model } = await readSqlite([{ path: `${name}.sql`, text: textOf('sqlite', name) }]);
    expect(differences('sqlite', name, model)).toEqual([]);
  });

  it.each(['mysql', 'postgres', 'sqlite'])('are known to be %s', (dialect) => {
    const wrong = namesOf(dialect)
      .map((name) => ({ name, ...detectDialect([textOf(dialect, name)]) }))
      .filter((detected) => !('dialect' in detected) || detected.dialect !== dialect);
    expect(wrong).toEqual([]);
  });
});
