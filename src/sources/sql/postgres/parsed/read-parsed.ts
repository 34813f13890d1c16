import { loadModule } from 'libpg-query';
import { diagnostic } from '../../../../diagnostics/catalog.js';
import type { Diagnostic, Origin } from '../../../../diagnostics/diagnostic.js';
import type { Skipped } from '../../../../blueprint/types.js';
import type { DatabaseReading, SourceFile } from '../../model.js';
import { catalogueModel } from '../catalogue-model.js';
import { describeStatement } from '../classify-statement.js';
import { isBundled } from '../extensions.js';
import { BESIDE } from '../beside.js';
import { takenFromElsewhere, scriptUnits } from '../script-units.js';
import { scriptFacts } from '../stand-ins.js';
import { SUPABASE_PRELUDE, needsSupabase } from '../supabase-prelude.js';
import type { TimeLimits } from '../time-limits.js';
import { withShown } from '../view-columns.js';
import { newCatalogue } from './catalogue.js';
import type { Catalogue } from './catalogue.js';
import { catalogueRows } from './catalogue-rows.js';
import { newClock } from './clock.js';
import { loadParsed } from './load-parsed.js';
import type { ParsedLoad } from './load-parsed.js';
import { printName } from './names.js';
import { shownRows } from './shown-rows.js';

export type ReadParsedOptions = TimeLimits & {
  signal?: AbortSignal;
  /** Statements that have been read, of all. */
  onProgress?: (done: number, total: number) => void;
};

/**
 * Reads a PostgreSQL schema by parsing alone: nothing runs, so that code which makes things is told and not followed. Gives the
 * model that running it gives, but for the text of some defaults and columns of views whose type takes a database to know.
 * Throws an `InputError` when it takes too long.
 */
export async function readParsed(
  files: SourceFile[],
  { signal, onProgress, ...limits }: ReadParsedOptions = {},
): Promise<DatabaseReading> {
  await loadModule();
  const { units, script } = scriptUnits(files);
  const first: Origin = { file: units[0]?.path ?? files[0]?.path ?? '', path: [] };
  const total = units.reduce((sum, { statements }) => sum + statements.length, 0);
  const { made } = scriptFacts(script, []);
  const catalogue = newCatalogue(made, newClock(first, limits));
  if (needsSupabase(script)) readPrelude(catalogue);
  let done = 0;
  const loaded = loadParsed(catalogue, units, () => {
    signal?.throwIfAborted();
    onProgress?.(++done, total);
  });
  const { rows, relations, unprinted, unsaid } = catalogueRows(catalogue);
  const read = catalogueModel(rows, { origin: (oid) => relations[Number(oid)]?.origin ?? first });
  const model = { ...read, tables: withShown(read.tables, shownRows(relations)) };
  const { skipped, findings } = report(loaded);
  for (const { relation, check } of unprinted) {
    const fields = { check, table: printName(relation) };
    findings.push(diagnostic('MCP816', fields, { origin: relation.origin }));
  }
  for (const { relation, columns } of unsaid) {
    const fields = { view: printName(relation), columns };
    findings.push(diagnostic('MCP815', fields, { origin: relation.origin }));
  }
  const extensions = catalogue.extensions.filter(({ name }) => !isBundled(name));
  findings.unshift(
    ...extensions.map(({ name, origin }) => diagnostic('MCP809', { name }, { origin })),
    ...takenFromElsewhere(units),
  );
  if (model.tables.length === 0) {
    findings.unshift(diagnostic('MCP802', { source: first.file }, { origin: first }));
  }
  return { model, skipped, findings };
}

function readPrelude(catalogue: Catalogue): void {
  catalogue.hidden = true;
  const { units } = scriptUnits([{ path: '', text: SUPABASE_PRELUDE }]);
  loadParsed(catalogue, units, () => undefined);
  catalogue.hidden = false;
}

function report({ unread, cutReferences }: ParsedLoad): {
  skipped: Skipped[];
  findings: Diagnostic[];
} {
  const skipped: Skipped[] = [];
  const findings: Diagnostic[] = [];
  for (const { table, path, statement } of cutReferences) {
    const fields = { statement: describeStatement(statement.text), table };
    findings.push(diagnostic('MCP813', fields, { origin: originOf(path, statement) }));
  }
  for (const { path, statement, kind, reason } of unread) {
    const origin = originOf(path, statement);
    const what = describeStatement(statement.text);
    if (kind === 'relation') skipped.push({ what, reason, origin });
    else if (kind === 'call')
      findings.push(diagnostic('MCP814', { statement: what, reason }, { origin }));
    else {
      const code = BESIDE.test(statement.text) ? 'MCP811' : 'MCP801';
      findings.push(diagnostic(code, { statement: what, reason }, { origin }));
    }
  }
  return { skipped, findings };
}

function originOf(path: string, { line, column }: { line: number; column: number }): Origin {
  return { file: path, path: [], position: { line, column } };
}
