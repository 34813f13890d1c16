import type { AlterTableCmd, AlterTableStmt, AlterTableType } from 'libpg-query';
import type { Catalogue, Column, Relation } from './catalogue.js';
import { addColumnConstraints, declaredColumn, inheritedColumn, setDefault } from './columns.js';
import { addConstraint, setNotNull } from './constraints.js';
import { takeOver } from './create-table.js';
import { dropColumn, dropConstraint } from './drop-parts.js';
import { attachIndex, childrenOf } from './indexes.js';
import { columnOf, findIn, rangeName, relationOf } from './names.js';
import { typeUse } from './type-use.js';
import { missing, Refused, there } from './refused.js';

/** Does each part for itself: what has been done stays when a later part is refused, and is no obstacle the second time. */
export function alterTable(catalogue: Catalogue, statement: AlterTableStmt): void {
  if (statement.objtype === 'OBJECT_INDEX') return alterIndex(catalogue, statement);
  if (statement.objtype === 'OBJECT_TYPE' || statement.objtype === 'OBJECT_SEQUENCE') return;
  if (
    statement.missing_ok &&
    !findIn(catalogue, catalogue.relations, rangeName(statement.relation ?? {}))
  )
    return;
  const relation = relationOf(catalogue, statement.relation);
  const only = statement.relation?.inh !== true;
  const commands = statement.cmds ?? [];
  // As PostgreSQL does: what goes, goes before what comes.
  const ordered = [...commands].sort((a, b) => rank(a) - rank(b));
  for (const node of ordered) {
    if (!('AlterTableCmd' in node)) continue;
    runCommand(catalogue, relation, node.AlterTableCmd, only);
    // Done once, also where the statement is tried again.
    statement.cmds = (statement.cmds ?? []).filter((one) => one !== node);
  }
}

function rank(node: NonNullable<AlterTableStmt['cmds']>[number]): number {
  if (!('AlterTableCmd' in node)) return 0;
  const { subtype = 'AT_AddColumn' } = node.AlterTableCmd;
  if (subtype === 'AT_DropColumn' || subtype === 'AT_DropConstraint') return 0;
  if (subtype === 'AT_AlterColumnType') return 1;
  return subtype === 'AT_AddColumn' ? 2 : 3;
}

/** Commands that say nothing of columns, keys and checks. */
const BESIDE = new Set<AlterTableType>([
  'AT_ValidateConstraint',
  'AT_ChangeOwner',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetStatistics',
  'AT_SetStorage',
  'AT_SetCompression',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_SetTableSpace',
  'AT_SetAccessMethod',
  'AT_SetLogged',
  'AT_SetUnLogged',
  'AT_ReplicaIdentity',
  'AT_AlterConstraint',
  'AT_EnableTrig',
  'AT_EnableAlwaysTrig',
  'AT_EnableReplicaTrig',
  'AT_DisableTrig',
  'AT_EnableTrigAll',
  'AT_DisableTrigAll',
  'AT_EnableTrigUser',
  'AT_DisableTrigUser',
  'AT_EnableRule',
  'AT_DisableRule',
  'AT_ForceRowSecurity',
  'AT_NoForceRowSecurity',
  'AT_GenericOptions',
  'AT_AlterColumnGenericOptions',
]);

function runCommand(
  catalogue: Catalogue,
  relation: Relation,
  command: AlterTableCmd,
  only: boolean,
): void {
  const { subtype = 'AT_AddColumn', name = '', def, behavior, missing_ok } = command;
  const column = (): Column => columnOf(relation, name);
  const cascade = behavior === 'DROP_CASCADE';
  switch (subtype) {
    case 'AT_AddColumn':
      return addColumn(catalogue, relation, command);
    case 'AT_DropColumn':
      if (missing_ok && !relation.columns.some((one) => one.name === name)) return;
      return dropColumn(catalogue, relation, column(), cascade);
    case 'AT_ColumnDefault':
      if (def) return changeAll(catalogue, relation, name, only, (one) => setDefault(one, def));
      return changeAll(catalogue, relation, name, only, (one) => delete one.default);
    case 'AT_SetNotNull':
      return setNotNull(catalogue, relation, column());
    case 'AT_DropNotNull':
      return changeAll(catalogue, relation, name, only, (one) => (one.notNull = false));
    case 'AT_AddConstraint':
      if (def && 'Constraint' in def) addConstraint(catalogue, relation, def.Constraint, { only });
      return;
    case 'AT_DropConstraint':
      return dropConstraint(catalogue, relation, name, { cascade, missingOk: missing_ok ?? false });
    case 'AT_AlterColumnType':
      return changeType(catalogue, relation, command, only);
    case 'AT_AddIdentity':
    case 'AT_SetIdentity':
      return setIdentity(column(), command);
    case 'AT_DropIdentity':
      column().identity = '';
      return;
    case 'AT_SetExpression':
      if (!def) return;
      return changeAll(catalogue, relation, name, only, (one) => {
        one.default = { expression: def };
      });
    case 'AT_DropExpression':
      column().generated = '';
      delete column().default;
      return;
    case 'AT_EnableRowSecurity':
    case 'AT_DisableRowSecurity':
      relation.rowSecurity = subtype === 'AT_EnableRowSecurity';
      return;
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
    case 'AT_AddInherit':
    case 'AT_DropInherit':
      return changeParent(catalogue, relation, command);
    default:
      if (!BESIDE.has(subtype))
        throw new Refused(`${subtype.replace('AT_', '')} is not understood`);
  }
}

/** In the table and in those that inherit from it. */
function changeAll(
  catalogue: Catalogue,
  relation: Relation,
  name: string,
  only: boolean,
  change: (column: Column) => unknown,
): void {
  change(columnOf(relation, name));
  if (only) return;
  for (const child of childrenOf(catalogue, relation))
    changeAll(catalogue, child, name, only, change);
}

function addColumn(
  catalogue: Catalogue,
  relation: Relation,
  { def, missing_ok }: AlterTableCmd,
): void {
  if (!def || !('ColumnDef' in def)) return;
  const definition = def.ColumnDef;
  if (relation.columns.some(({ name }) => name === definition.colname)) {
    if (missing_ok) return;
    throw there(`column "${definition.colname}" of relation "${relation.name}"`);
  }
  const column = declaredColumn(catalogue, relation, definition);
  relation.columns.push(column);
  inheritColumn(catalogue, relation, column);
  try {
    addColumnConstraints(catalogue, relation, column, definition);
  } catch (error) {
    dropColumn(catalogue, relation, column, true);
    throw error;
  }
}

function inheritColumn(catalogue: Catalogue, relation: Relation, column: Column): void {
  for (const child of childrenOf(catalogue, relation)) {
    if (child.columns.some(({ name }) => name === column.name)) continue;
    child.columns.push(inheritedColumn(column));
    inheritColumn(catalogue, child, column);
  }
}

function changeType(
  catalogue: Catalogue,
  relation: Relation,
  { name = '', def }: AlterTableCmd,
  only: boolean,
): void {
  if (!def || !('ColumnDef' in def)) return;
  const type = typeUse(catalogue, def.ColumnDef.typeName ?? {});
  changeAll(catalogue, relation, name, only, (column) => (column.type = type));
}

function setIdentity(column: Column, { subtype, def }: AlterTableCmd): void {
  if (def && 'Constraint' in def)
    column.identity = def.Constraint.generated_when === 'a' ? 'a' : 'd';
  if (subtype === 'AT_AddIdentity') column.notNull = true;
  const items = def && 'List' in def ? (def.List.items ?? []) : [];
  for (const item of items) {
    if (!('DefElem' in item) || item.DefElem.defname !== 'generated') continue;
    const { arg } = item.DefElem;
    const when = arg && 'Integer' in arg ? String.fromCharCode(arg.Integer.ival ?? 0) : '';
    column.identity = when === 'a' ? 'a' : 'd';
  }
}

function changeParent(
  catalogue: Catalogue,
  relation: Relation,
  { subtype, def }: AlterTableCmd,
): void {
  const range =
    def && 'PartitionCmd' in def
      ? def.PartitionCmd.name
      : def && 'RangeVar' in def
        ? def.RangeVar
        : undefined;
  const other = relationOf(catalogue, range);
  const partition = subtype === 'AT_AttachPartition' || subtype === 'AT_DetachPartition';
  const [child, parent] = partition ? [other, relation] : [relation, other];
  if (subtype === 'AT_AttachPartition' || subtype === 'AT_AddInherit') {
    if (isBelow(parent, child)) throw new Refused('circular inheritance not allowed');
    for (const { name } of parent.columns) columnOf(child, name);
    child.partition = partition;
    child.parents.push(parent);
    catalogue.parents.add(parent);
    takeOver(catalogue, parent, child);
    return;
  }
  child.partition = false;
  child.parents = child.parents.filter((one) => one !== parent);
}

function isBelow(relation: Relation, other: Relation): boolean {
  return relation === other || relation.parents.some((parent) => isBelow(parent, other));
}

function alterIndex(catalogue: Catalogue, { relation, cmds = [] }: AlterTableStmt): void {
  const whole = findIn(catalogue, catalogue.indexes, rangeName(relation ?? {}));
  for (const node of cmds) {
    const def = 'AlterTableCmd' in node ? node.AlterTableCmd.def : undefined;
    if (!whole || !def || !('PartitionCmd' in def)) continue;
    const range = def.PartitionCmd.name ?? {};
    const part = findIn(catalogue, catalogue.indexes, rangeName(range));
    if (!part) throw missing(`relation "${range.relname ?? ''}"`);
    attachIndex(whole.index, part.relation);
  }
}
