import { refused, isNode, nodesOf, placeOf, textOf, textsOf, walkTree } from './tree.js';
import type { TreeNode, Visit } from './tree.js';

/** A table or common table expression after FROM. */
export type RelationUse = {
  schema: string | undefined;
  name: string;
  /** With the tables that inherit from it. */
  inherits: boolean;
  alias: string | undefined;
  renamesColumns: boolean;
  /** What the common table expression that is meant is called from now on. */
  common: string | undefined;
  place: number;
};

export type ColumnUse = {
  /** `*` for a star. */
  path: string[];
  /** It names a column of the result: ORDER BY looks there first. */
  isOutput: boolean;
  place: number;
};

/** Everything in a statement that names something. Places are offsets in bytes. */
export type Facts = {
  relations: RelationUse[];
  /** Common table expressions where they are defined. */
  commons: { name: string; place: number }[];
  functions: { path: string[]; place: number; isSyntax: boolean }[];
  columns: ColumnUse[];
  /** After a dot behind an expression. */
  members: string[];
  types: string[][];
  parameters: Set<number>;
  hasGroups: boolean;
  /** Names of joins of several tables, and joins by what the tables have in common. */
  hasWideJoins: boolean;
  using: string[];
  /** Of everything after FROM that is no table. */
  aliases: Set<string>;
};

type Scope = ReadonlyMap<string, string>;

/** Reads the tree of a SELECT; refuses nodes that are not known to be harmless. Throws UserInputError. */
export function readFacts(select: unknown): Facts {
  const facts: Facts = {
    relations: [],
    commons: [],
    functions: [],
    columns: [],
    members: [],
    types: [],
    parameters: new Set(),
    hasGroups: false,
    hasWideJoins: false,
    using: [],
    aliases: new Set(),
  };
  const outputs = new Set<unknown>();
  let scope: Scope = new Map();
  const within = (inner: Scope, work: () => void): void => {
    const outer = scope;
    scope = inner;
    work();
    scope = outer;
  };

  const visit: Visit = (kind, node, children) => {
    if (kind === 'SelectStmt') {
      facts.hasGroups ||= Array.isArray(node['groupClause']);
      for (const name of outputNames(node)) outputs.add(name);
      const clause = node['withClause'];
      if (!isNode(clause)) return;
      return within(readCommons(clause, scope, facts, within, visit), () => children());
    }
    if (kind === 'RangeVar') facts.relations.push(relationOf(node, scope));
    else if (kind === 'ColumnRef') facts.columns.push(columnOf(node, outputs.has(node)));
    else if (kind === 'FuncCall') facts.functions.push(functionOf(node));
    else if (kind === 'A_Indirection') facts.members.push(...textsOf(node['indirection']));
    else if (kind === 'TypeName') facts.types.push(textsOf(node['names']));
    else if (kind === 'ParamRef') facts.parameters.add(Number(node['number'] ?? 0));
    else if (kind === 'JoinExpr') readJoin(node, facts);
    else if (kind === 'A_Expr') checkOperator(node['name']);
    else if (kind === 'SubLink') checkOperator(node['operName']);
    else if (kind === 'RangeSubselect' || kind === 'RangeFunction') {
      const alias = aliasOf(node);
      if (alias !== undefined) facts.aliases.add(alias);
    }
  };
  walkTree('SelectStmt', select, visit);
  return facts;
}

/**
 * Each expression gets a name that no relation has, so that a reference that is taken for one can never be that of a table. It
 * is in scope for those after it, with RECURSIVE for all.
 */
function readCommons(
  clause: TreeNode,
  outer: Scope,
  facts: Facts,
  within: (scope: Scope, work: () => void) => void,
  visit: Visit,
): Scope {
  const all = nodesOf(clause['ctes'], 'CommonTableExpr');
  const own = all.map((node): [string, string] => {
    const name = textOf(node['ctename']);
    const replaced = `cte·${facts.commons.length}·${[...name].slice(0, 12).join('')}`;
    facts.commons.push({ name: replaced, place: placeOf(node) });
    return [name, replaced];
  });
  const whole = new Map([...outer, ...own]);
  if (!Array.isArray(clause['ctes']) || clause['ctes'].length !== all.length) throw refused('WITH');
  all.forEach((node, index) => {
    const visible =
      clause['recursive'] === true ? whole : new Map([...outer, ...own.slice(0, index)]);
    within(visible, () => walkTree('CommonTableExpr', node, visit));
  });
  // What has been gone through with its own scope is not gone through again.
  delete clause['ctes'];
  return whole;
}

function relationOf(node: TreeNode, scope: Scope): RelationUse {
  const schema = typeof node['schemaname'] === 'string' ? node['schemaname'] : undefined;
  const name = textOf(node['relname']);
  const alias = isNode(node['alias']) ? node['alias'] : undefined;
  return {
    schema,
    name,
    inherits: node['inh'] === true,
    alias: alias && textOf(alias['aliasname']),
    renamesColumns: alias !== undefined && Array.isArray(alias['colnames']),
    common: schema === undefined ? scope.get(name) : undefined,
    place: placeOf(node),
  };
}

function columnOf(node: TreeNode, isOutput: boolean): ColumnUse {
  const fields = Array.isArray(node['fields']) ? node['fields'] : [];
  const path = fields.map((field: unknown) =>
    isNode(field) && isNode(field['String']) ? textOf(field['String']['sval']) : '*',
  );
  return { path, isOutput, place: placeOf(node) };
}

function functionOf(node: TreeNode): Facts['functions'][number] {
  return {
    path: textsOf(node['funcname']),
    place: placeOf(node),
    isSyntax: node['funcformat'] === 'COERCE_SQL_SYNTAX',
  };
}

function readJoin(node: TreeNode, facts: Facts): void {
  const named = aliasOf(node) !== undefined || isNode(node['join_using_alias']);
  facts.hasWideJoins ||= node['isNatural'] === true || named;
  facts.using.push(...textsOf(node['usingClause']));
}

/** References in ORDER BY that are names of the result, in the same SELECT. */
function outputNames(select: TreeNode): unknown[] {
  const names = new Set(nodesOf(select['targetList'], 'ResTarget').map(({ name }) => textOf(name)));
  return nodesOf(select['sortClause'], 'SortBy').flatMap(({ node }) => {
    const column = isNode(node) && isNode(node['ColumnRef']) ? node['ColumnRef'] : undefined;
    const path = column ? columnOf(column, false).path : [];
    return path.length === 1 && path[0] !== '*' && names.has(path[0] ?? '') ? [column] : [];
  });
}

function aliasOf(node: TreeNode): string | undefined {
  return isNode(node['alias']) ? textOf(node['alias']['aliasname']) : undefined;
}

/** Operators of other schemas would be called by their full name. */
function checkOperator(name: unknown): void {
  const path = textsOf(name);
  if (path.length > 1 && path[0] !== 'pg_catalog') throw refused(`OPERATOR(${path.join('.')})`);
}
