import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { SqlEntry } from '../manifest/sql-source.js';
import type { Loader, SourceText } from '../read/loader.js';
import { detectDialect } from './detect-dialect.js';
import type { DatabaseReading, Dialect } from './model.js';
import { readScripts } from './read-scripts.js';
import { leaveOutRows } from './rows/leave-out-rows.js';
import { isSnapshot, readSnapshot } from './snapshot.js';

/** Reads what `sql:` names: a script, a folder of migrations, or the snapshot of a live database. */
export async function readSchema(
  entry: Pick<SqlEntry, 'sql' | 'dialect' | 'reader'>,
  load: Loader,
  onProgress?: (phase: string) => void,
): Promise<DatabaseReading> {
  const { sources, skipped } = await readScripts(entry.sql, load);
  const [first] = sources;
  const fast = entry.reader === 'fast';
  if (sources.length === 1 && isSnapshot(first!.text)) {
    const model = readSnapshot(first!.text, first!.file);
    return { model, skipped: [], findings: fast ? [noReader(entry.sql)] : [] };
  }
  const dialect = entry.dialect ?? dialectOf(entry.sql, sources);
  onProgress?.(`reading ${entry.sql} (${dialect})`);
  for (const source of sources) leaveOutRows(source, dialect);
  const files = sources.map(({ file, text }) => ({ path: file, text }));
  const reading = await readAs(dialect, files, fast);
  const isLossy = reading.skipped.length > 0;
  const findings = [
    ...(isLossy && entry.dialect !== undefined ? otherDialect(entry.sql, dialect, files) : []),
    ...(fast && dialect !== 'postgres' ? [noReader(entry.sql)] : []),
    ...toldRows(sources),
    ...reading.findings,
  ];
  return { ...reading, skipped: [...skipped, ...reading.skipped], findings };
}

/** Where statements were lost, the dialect that was given may be the wrong one. */
function otherDialect(file: string, given: Dialect, files: readonly { text: string }[]) {
  const detected = detectDialect(files.map(({ text }) => text));
  if (!('dialect' in detected) || detected.dialect === given) return [];
  const { dialect: told, why } = detected;
  return [diagnostic('MCP828', { file, given, told, why }, { origin: { file, path: [] } })];
}

/** How many rows of which tables were left out, most first. */
function toldRows(sources: readonly SourceText[]): Diagnostic[] {
  return sources.flatMap(({ file, leftOut }) => {
    if (leftOut === undefined || leftOut.size === 0) return [];
    const tables = [...leftOut].sort(([, one], [, other]) => other - one);
    const rows = tables.reduce((sum, [, count]) => sum + count, 0);
    return [diagnostic('MCP820', { file, rows, tables }, { origin: { file, path: [] } })];
  });
}

/** There is nothing to choose from but for scripts of PostgreSQL. */
function noReader(file: string): Diagnostic {
  return diagnostic('MCP817', { file }, { origin: { file, path: [] } });
}

/** The dialect of what `sql:` names, told without reading its statements. Throws an InputError (MCP802, MCP846, MCP819). */
export async function readDialect(sql: string, load: Loader): Promise<Dialect> {
  const { sources } = await readScripts(sql, load);
  const [first] = sources;
  const isAlone = sources.length === 1 && isSnapshot(first!.text);
  return isAlone ? readSnapshot(first!.text, first!.file).dialect : dialectOf(sql, sources);
}

function dialectOf(file: string, files: readonly { text: string }[]): Dialect {
  const texts = files.map(({ text }) => text);
  const detected = detectDialect(texts, file);
  if ('dialect' in detected) return detected.dialect;
  if (!texts.some((text) => /\bCREATE\b/i.test(text))) {
    throw new InputError([diagnostic('MCP802', { source: file })]);
  }
  const system = detected.foreign;
  if (system !== undefined) throw new InputError([diagnostic('MCP819', { file, system })]);
  throw new InputError([diagnostic('MCP846', { file, why: detected.unsure })]);
}

// Each reader is loaded only where its dialect is read: one of them is a whole database engine.
async function readAs(
  dialect: Dialect,
  files: { path: string; text: string }[],
  fast: boolean,
): Promise<DatabaseReading> {
  if (dialect === 'postgres' && fast) {
    const { readParsed } = await import('./postgres/parsed/read-parsed.js');
    return readParsed(files);
  }
  if (dialect === 'postgres') {
    const { readPostgres } = await import('./postgres/read-postgres.js');
    return readPostgres(files);
  }
  if (dialect === 'mysql') {
    const { readMysql } = await import('./mysql/read-mysql.js');
    return readMysql(files);
  }
  const { readSqlite } = await import('./sqlite/read-sqlite.js');
  return readSqlite(files);
}
