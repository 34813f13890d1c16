import type { SqlTable } from '../../../blueprint/database.js';
import { diagnostic } from '../../../diagnostics/catalog.js';
import type { Diagnostic } from '../../../diagnostics/diagnostic.js';
import type { SqlEntry, TableAccess } from '../../manifest/sql-source.js';
import type { TableModel } from '../model.js';
import { matcher, namesOf } from './patterns.js';

type Writes = NonNullable<SqlTable['writes']>;

export type Access = {
  writesOf: (
    name: string,
    table: TableModel,
    hasKey: boolean,
    isWritable: (column: string) => boolean,
  ) => Writes;
  findings: Diagnostic[];
};

const WRITES: Record<TableAccess, Writes> = {
  'read-only': [],
  create: ['create'],
  'read-write': ['create', 'update', 'delete'],
};

/** Who may write what: nobody anything, unless mcp.yaml says so for all tables or for some. */
export function accessOf(
  access: SqlEntry['access'] = 'read-only',
  tables: readonly { name: string; table: TableModel }[],
): Access {
  const rules =
    typeof access === 'string'
      ? [{ pattern: '*', value: access, fits: () => true }]
      : Object.entries(access)
          .map(([pattern, value]) => ({ pattern, value, fits: matcher(pattern) }))
          .sort((a, b) => a.pattern.split('*').length - b.pattern.split('*').length);
  const ruleOf = (name: string, table: TableModel) =>
    rules.find(({ fits }) => [name, ...namesOf(table)].some(fits));
  const used = new Set(tables.map(({ name, table }) => ruleOf(name, table)?.pattern));
  const findings = rules
    .filter(({ pattern }) => typeof access !== 'string' && !used.has(pattern))
    .map(({ pattern }) => diagnostic('MCP843', { list: 'access', pattern }));
  return {
    findings,
    writesOf: (name, table, hasKey, isWritable) => {
      const rule = ruleOf(name, table);
      const writes = WRITES[rule?.value ?? 'read-only'];
      if (writes.length === 0) return [];
      const problem = readOnlyBecause(table);
      if (problem === undefined) {
        const needed = neededButHidden(table, isWritable);
        if (needed !== undefined) {
          const why = `${needed} needs a value that callers cannot give`;
          findings.push(
            diagnostic('MCP847', { table: name, access: 'create', why }, { origin: table.origin }),
          );
        }
        return writes.filter((kind) => (kind === 'create' ? needed === undefined : hasKey));
      }
      // Of all tables views are part too; only where one is named is it a mistake.
      if (rule?.pattern !== '*') {
        findings.push(
          diagnostic(
            'MCP847',
            { table: name, access: rule?.value ?? '', why: problem },
            { origin: table.origin },
          ),
        );
      }
      return [];
    },
  };
}

/** A column without which there is no row, and that callers do not write. */
function neededButHidden(
  { columns }: TableModel,
  isWritable: (column: string) => boolean,
): string | undefined {
  return columns.find((column) => {
    const { name, nullable, generated, identity, autoIncrement } = column;
    const made = generated ?? identity ?? autoIncrement ?? column.default;
    return !nullable && made === undefined && !isWritable(name);
  })?.name;
}

function readOnlyBecause({ kind }: TableModel): string | undefined {
  return kind === 'table' ? undefined : `it is a ${kind}`;
}
