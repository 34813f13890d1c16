import type { Node, SelectStmt, VariableSetStmt } from 'libpg-query';
import type { Origin } from '../../../../diagnostics/diagnostic.js';
import { alterTable } from './alter-table.js';
import type { Catalogue } from './catalogue.js';
import { commentOn } from './comment-on.js';
import { createForeignTable, createTable } from './create-table.js';
import { createTableAs, createView } from './create-view.js';
import { drop } from './drop.js';
import { createIndex } from './indexes.js';
import { splitName, stringsOf } from './names.js';
import {
  alterDomain,
  alterEnum,
  createComposite,
  createDomain,
  createEnum,
  createRange,
  defineType,
} from './own-types.js';
import { rename, setSchema } from './rename.js';
import { createAggregate, createRoutine } from './routines.js';
import { Refused } from './refused.js';

/** Does to the catalogue what a statement says. Throws a Refused where it cannot be told without a database. */
export function runParsed(catalogue: Catalogue, statement: Node, origin: Origin): void {
  if ('CreateStmt' in statement) return createTable(catalogue, statement.CreateStmt, origin);
  if ('AlterTableStmt' in statement) return alterTable(catalogue, statement.AlterTableStmt);
  if ('IndexStmt' in statement) return createIndex(catalogue, statement.IndexStmt);
  if ('CommentStmt' in statement) return commentOn(catalogue, statement.CommentStmt);
  if ('CreateFunctionStmt' in statement)
    return createRoutine(catalogue, statement.CreateFunctionStmt);
  if ('ViewStmt' in statement) return createView(catalogue, statement.ViewStmt, origin);
  if ('CreateTableAsStmt' in statement)
    return createTableAs(catalogue, statement.CreateTableAsStmt, origin);
  if ('CreateForeignTableStmt' in statement) {
    return createForeignTable(catalogue, statement.CreateForeignTableStmt, origin);
  }
  if ('DropStmt' in statement) return drop(catalogue, statement.DropStmt);
  if ('RenameStmt' in statement) return rename(catalogue, statement.RenameStmt);
  if ('AlterObjectSchemaStmt' in statement)
    return setSchema(catalogue, statement.AlterObjectSchemaStmt);
  if ('CreateEnumStmt' in statement) return createEnum(catalogue, statement.CreateEnumStmt);
  if ('AlterEnumStmt' in statement) return alterEnum(catalogue, statement.AlterEnumStmt);
  if ('CreateDomainStmt' in statement) return createDomain(catalogue, statement.CreateDomainStmt);
  if ('AlterDomainStmt' in statement) return alterDomain(catalogue, statement.AlterDomainStmt);
  if ('CompositeTypeStmt' in statement)
    return createComposite(catalogue, statement.CompositeTypeStmt);
  if ('CreateRangeStmt' in statement) return createRange(catalogue, statement.CreateRangeStmt);
  if ('DefineStmt' in statement) {
    const { kind } = statement.DefineStmt;
    if (kind === 'OBJECT_AGGREGATE') createAggregate(catalogue, statement.DefineStmt);
    if (kind === 'OBJECT_TYPE') defineType(catalogue, statement.DefineStmt);
    return;
  }
  if ('CreateSchemaStmt' in statement) {
    const { schemaname, authrole, schemaElts = [] } = statement.CreateSchemaStmt;
    const schema = schemaname ?? authrole?.rolename ?? 'public';
    catalogue.schemas.add(schema);
    const { path } = catalogue;
    catalogue.path = [schema, ...path];
    for (const element of schemaElts) runParsed(catalogue, element, origin);
    catalogue.path = path;
    return;
  }
  if ('CreateExtensionStmt' in statement) {
    catalogue.extensions.push({ name: statement.CreateExtensionStmt.extname ?? '', origin });
    return;
  }
  if ('VariableSetStmt' in statement) return setPath(catalogue, statement.VariableSetStmt);
  if ('SelectStmt' in statement) return runSelect(catalogue, statement.SelectStmt, origin);
  if ('CallStmt' in statement) throw new Refused('a procedure may make anything');
  const [kind = ''] = Object.keys(statement);
  if (!BESIDE.test(kind)) throw new Refused(`${kind.replace(/Stmt$/, '')} is not read`);
}

/** Statements that tables, types and routines do not depend on. */
const BESIDE =
  /^(?:CreateSeq|AlterSeq|AlterFunction|Rule|CreateStats|AlterStats|CreateCast|CreatePLang|CreateTransform|CreateConversion|CreateAm|CreateOp(?:Class|Family)|AlterOp(?:erator|Family)|CreatePublication|AlterPublication|CreateFdw|AlterFdw|CreateForeignServer|AlterForeignServer|CreateUserMapping|ImportForeignSchema|AlterOwner|AlterObjectDepends|AlterCollation|AlterType|AlterTSDictionary|AlterTSConfiguration|RefreshMatView|Truncate)/;

function setPath(catalogue: Catalogue, { name, args = [], kind }: VariableSetStmt): void {
  if (name !== 'search_path') return;
  if (kind !== 'VAR_SET_VALUE') {
    catalogue.path = ['public'];
    return;
  }
  const names = args.flatMap((node) =>
    'A_Const' in node && node.A_Const.sval ? [node.A_Const.sval.sval ?? ''] : [],
  );
  catalogue.path = names.filter((one) => one !== '' && one !== '$user' && one !== 'pg_catalog');
}

/** SELECT … INTO makes a table; of a UNION its first part says so. */
function runSelect(catalogue: Catalogue, select: SelectStmt, origin: Origin): void {
  let first = select;
  while (first.larg) first = first.larg;
  const { intoClause } = first;
  if (!intoClause) return callAll(catalogue, select);
  const made = { into: intoClause, query: { SelectStmt: select } };
  createTableAs(catalogue, made, origin);
}

/** SELECT of functions: of PostgreSQL's own only the one that sets the path matters; those of the script may make anything. */
function callAll(catalogue: Catalogue, { targetList = [] }: SelectStmt): void {
  for (const node of targetList) {
    const value = 'ResTarget' in node ? node.ResTarget.val : undefined;
    if (!value || !('FuncCall' in value)) continue;
    const { name } = splitName(stringsOf(value.FuncCall.funcname));
    if (name === 'set_config') {
      setConfig(catalogue, value.FuncCall.args ?? []);
      continue;
    }
    const own = catalogue.routines.find((routine) => routine.name === name && !routine.hidden);
    if (own) throw new Refused(`the function ${name} may make anything`);
  }
}

function setConfig(catalogue: Catalogue, args: readonly Node[]): void {
  const [name, value] = args.map((node) =>
    'A_Const' in node ? node.A_Const.sval?.sval : undefined,
  );
  if (name !== 'search_path') return;
  catalogue.path = (value ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^"(.*)"$/, '$1'))
    .filter((one) => one !== '' && one !== '$user' && one !== 'pg_catalog');
}
