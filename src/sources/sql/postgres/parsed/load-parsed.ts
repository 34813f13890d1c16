import { parseSync } from 'libpg-query';
import type { Node } from 'libpg-query';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import { classifyStatement } from '../classify-statement.js';
import type { StatementKind } from '../classify-statement.js';
import type { Loaded, Unit } from '../load-schema.js';
import type { Statement } from '../split-statements.js';
import { blockStatements } from './block-statements.js';
import type { Catalogue } from './catalogue.js';
import { runParsed } from './run-parsed.js';
import { Refused } from './refused.js';

/** A statement that said nothing, also after everything else was there. */
export type Unread = {
  path: string;
  statement: Statement;
  kind: StatementKind['kind'];
  reason: string;
};

export type ParsedLoad = {
  unread: Unread[];
  cutReferences: Loaded['cutReferences'];
};

type Pending = Unread & { parsed: Node; searchPath: string[]; later: boolean };

/** Passes over what was refused, as long as each helps. */
const PASSES = 3;

/** Reads the statements of a schema in their order into the catalogue, each for itself. `parseSync` has to be loaded. */
export function loadParsed(
  catalogue: Catalogue,
  units: Unit[],
  onStatement: () => void,
): ParsedLoad {
  const unread: Unread[] = [];
  const seen = new Set<string>();
  let left: Pending[] = [];
  for (const { path, statements } of units) {
    const pending: Pending[] = [];
    let outerPath: string[] | undefined;
    for (const statement of statements) {
      onStatement();
      const kind = classifyStatement(statement);
      if (kind.kind === 'leave' || kind.kind === 'begin') continue;
      if (kind.kind === 'end') {
        catalogue.path = outerPath ?? catalogue.path;
        outerPath = undefined;
        continue;
      }
      if (kind.kind === 'path' && kind.local) outerPath ??= catalogue.path;
      const text = kind.kind === 'path' ? `SET search_path TO ${kind.value}` : statement.text;
      readStatement(catalogue, { path, statement, kind: kind.kind }, text, {
        seen,
        unread,
        pending,
      });
    }
    left.push(...retryAll(catalogue, pending));
  }
  if (units.length > 1) left = retryAll(catalogue, left);
  const cutReferences = cutMissing(catalogue, left);
  left = retryAll(
    catalogue,
    left.filter(({ later }) => later),
  ).concat(left.filter(({ later }) => !later));
  return {
    unread: [...unread, ...left].filter(matters),
    cutReferences,
  };
}

/** What nobody but the script itself sees is no loss; nor is what did not go. */
function matters({ kind, statement }: Unread): boolean {
  return (
    kind !== 'drop' &&
    kind !== 'path' &&
    !/^create\s+(?:(?:global|local)\s+)?temp/i.test(statement.text)
  );
}

type Collected = { seen: Set<string>; unread: Unread[]; pending: Pending[] };
type Place = Pick<Unread, 'path' | 'statement' | 'kind'>;

function readStatement(
  catalogue: Catalogue,
  place: Place,
  text: string,
  collected: Collected,
): void {
  const copy = text.replace(/\s+/g, ' ');
  const isCopy = collected.seen.has(copy);
  collected.seen.add(copy);
  let parsed: Node[];
  try {
    parsed = (parseSync(text).stmts ?? []).flatMap(({ stmt }) => (stmt ? [stmt] : []));
  } catch (error) {
    collected.unread.push({
      ...place,
      reason: error instanceof Error ? error.message : String(error),
    });
    return;
  }
  for (const one of parsed) {
    if ('DoStmt' in one) {
      readBlock(catalogue, place, one, collected);
      continue;
    }
    const refused = attempt(catalogue, one, originOf(place));
    // One that drops what is not there is never tried again: it might be there by then.
    if (!refused || place.kind === 'drop') continue;
    // A second copy of a statement does nothing.
    if (isCopy && !refused.later && /already exists$/.test(refused.message)) continue;
    collected.pending.push({
      ...place,
      parsed: one,
      reason: refused.message,
      later: refused.later,
      searchPath: catalogue.path,
    });
  }
}

function readBlock(
  catalogue: Catalogue,
  place: Place,
  { DoStmt }: { DoStmt: { args?: Node[] } },
  collected: Collected,
): void {
  const body = (DoStmt.args ?? []).flatMap((node) =>
    'DefElem' in node &&
    node.DefElem.defname === 'as' &&
    node.DefElem.arg &&
    'String' in node.DefElem.arg
      ? [node.DefElem.arg.String.sval ?? '']
      : [],
  );
  const statements = blockStatements(body[0] ?? '');
  if (!statements) {
    collected.unread.push({ ...place, reason: 'a DO block runs only in a database' });
    return;
  }
  const before = collected.pending.length;
  for (const text of statements) readStatement(catalogue, place, text, collected);
  // That something is there already is what the block is for.
  const added = collected.pending.splice(before);
  collected.pending.push(...added.filter(({ reason }) => !/already exists$/.test(reason)));
}

function attempt(catalogue: Catalogue, parsed: Node, origin: Origin): Refused | undefined {
  catalogue.clock.begin();
  try {
    runParsed(catalogue, parsed, origin);
    return undefined;
  } catch (error) {
    if (error instanceof Refused) return error;
    if (error instanceof RangeError) return new Refused('it is nested too deeply');
    throw error;
  }
}

function retryAll(catalogue: Catalogue, pending: Pending[]): Pending[] {
  let left = pending;
  for (let pass = 0; pass < PASSES && left.some(({ later }) => later); pass++) {
    const before = left.length;
    left = retry(catalogue, left);
    if (left.length === before) break;
  }
  return left;
}

/** Under their own search path and all other schemas behind it. */
function retry(catalogue: Catalogue, pending: Pending[]): Pending[] {
  const { path } = catalogue;
  const left = pending.filter((one) => {
    if (!one.later) return true;
    catalogue.path = [...new Set([...one.searchPath, ...catalogue.schemas])];
    const refused = attempt(catalogue, one.parsed, originOf(one));
    if (!refused) return false;
    Object.assign(one, { reason: refused.message, later: refused.later });
    return true;
  });
  catalogue.path = path;
  return left;
}

/** Makes tables without their references to tables that nothing makes: they are in another script. */
function cutMissing(catalogue: Catalogue, left: Pending[]): ParsedLoad['cutReferences'] {
  const cut: ParsedLoad['cutReferences'] = [];
  for (const one of [...left]) {
    if (one.kind !== 'relation' || !one.later) continue;
    const tables: string[] = [];
    catalogue.cutReferences = (table) => tables.push(table);
    const [rest] = retry(catalogue, [one]);
    delete catalogue.cutReferences;
    if (rest) continue;
    left.splice(left.indexOf(one), 1);
    cut.push(
      ...[...new Set(tables)].map((table) => ({ table, path: one.path, statement: one.statement })),
    );
  }
  return cut;
}

function originOf({
  path,
  statement: { line, column },
}: Pick<Unread, 'path' | 'statement'>): Origin {
  return { file: path, path: [], position: { line, column } };
}
