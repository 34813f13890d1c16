import { loadModule, parseSync } from 'libpg-query';
import type { WrittenTable } from '../queries/written-tables.js';

type Node = Record<string, unknown>;

const KINDS: Record<string, WrittenTable['kind']> = {
  InsertStmt: 'create',
  UpdateStmt: 'update',
  DeleteStmt: 'delete',
};

const MERGED: Record<string, WrittenTable['kind']> = {
  CMD_INSERT: 'create',
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
};

/** The tables that a statement changes or locks, by PostgreSQL's own parser; also within WITH. */
export async function postgresWrites(text: string): Promise<WrittenTable[]> {
  await loadModule();
  const found: WrittenTable[] = [];
  const add = (relation: unknown, kinds: readonly WrittenTable['kind'][]): void => {
    const { relname, schemaname } = (relation ?? {}) as { relname?: string; schemaname?: string };
    if (relname === undefined) return;
    const table = { ...(schemaname !== undefined && { schema: schemaname }), name: relname };
    found.push(...kinds.map((kind) => ({ ...table, kind })));
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const node = (part ?? {}) as Node;
      const kind = KINDS[key];
      if (kind !== undefined) add(node['relation'], [kind, ...onConflict(node)]);
      if (key === 'MergeStmt') add(node['relation'], mergeKinds(node));
      // FOR UPDATE and the like need the right to change what they lock.
      if (key === 'SelectStmt' && node['lockingClause'] !== undefined) {
        for (const relation of lockedIn(node)) add(relation, ['update']);
      }
      visit(part);
    }
  };
  visit(parseSync(text).stmts ?? []);
  return found;
}

function onConflict({ onConflictClause }: Node): WrittenTable['kind'][] {
  const { action } = (onConflictClause ?? {}) as { action?: string };
  return action === 'ONCONFLICT_UPDATE' ? ['update'] : [];
}

function mergeKinds({ mergeWhenClauses }: Node): WrittenTable['kind'][] {
  const clauses = Array.isArray(mergeWhenClauses) ? (mergeWhenClauses as Node[]) : [];
  return clauses.flatMap(({ MergeWhenClause }) => {
    const { commandType = '' } = (MergeWhenClause ?? {}) as { commandType?: string };
    return MERGED[commandType] ?? [];
  });
}

/** What FOR UPDATE and the like lock: all of FROM, or what they name behind OF. */
function lockedIn({ fromClause, lockingClause }: Node): unknown[] {
  const clauses = Array.isArray(lockingClause) ? (lockingClause as Node[]) : [];
  const named = clauses.map(({ LockingClause }) => {
    const { lockedRels } = (LockingClause ?? {}) as { lockedRels?: { RangeVar?: Node }[] };
    return lockedRels?.map(({ RangeVar }) => RangeVar?.['relname']);
  });
  if (named.includes(undefined)) return relationsIn(fromClause, () => true);
  return relationsIn(fromClause, (alias) => named.flat().includes(alias));
}

/** Tables in FROM that are known by such a name, joins included, and all of a query there that is. */
function relationsIn(from: unknown, fits: (alias: unknown) => boolean): unknown[] {
  if (Array.isArray(from)) return from.flatMap((one) => relationsIn(one, fits));
  if (typeof from !== 'object' || from === null) return [];
  const { RangeVar, JoinExpr, RangeSubselect } = from as Record<string, Node | undefined>;
  const aliasOf = (node: Node): unknown =>
    ((node['alias'] ?? {}) as Node)['aliasname'] ?? node['relname'];
  if (RangeVar) return fits(aliasOf(RangeVar)) ? [RangeVar] : [];
  if (RangeSubselect) {
    const { SelectStmt } = (RangeSubselect['subquery'] ?? {}) as { SelectStmt?: Node };
    return fits(aliasOf(RangeSubselect)) ? relationsIn(SelectStmt?.['fromClause'], () => true) : [];
  }
  return [JoinExpr?.['larg'], JoinExpr?.['rarg']].flatMap((side) => relationsIn(side, fits));
}
