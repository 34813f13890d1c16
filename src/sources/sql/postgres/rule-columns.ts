import { OTHER, type OrOther } from './or-other.js';
import { readRule } from './rule-tree.js';
import type { RuleNode, RuleValue } from './rule-tree.js';

/** A column by the numbers of the catalogue. */
export type NumberedColumn = { relation: string; number: number };

/** `rtekind`s of parsenodes.h. */
const RELATION = '0';
const SUBQUERY = '1';
const JOIN = '2';
const CTE = '6';
const GROUP = '9';

type Query = { node: RuleNode; parent: Query | undefined; columns: Map<number, Columns> };
type Columns = Map<string, OrOther<NumberedColumn>>;

/**
 * What each column of a view shows as it is, by its number, from the text of its rule: `resorigtbl` and `resorigcol` of a
 * TargetEntry (parsenodes.h) where PostgreSQL knows it, which it does but for UNION and its like; those are followed here.
 */
export function ruleColumns(rule: string): Map<number, OrOther<NumberedColumn>[]> {
  const node = readRule(rule);
  if (!node) return new Map();
  const query = { node, parent: undefined, columns: new Map<number, Columns>() };
  return new Map(
    nodesOf(node, 'targetList')
      .filter((target) => text(target, 'resjunk') === 'false')
      .map((target) => {
        const number = Number(text(target, 'resno'));
        return [number, [...columnsAt(query, number).values()]];
      }),
  );
}

function columnsAt(query: Query, number: number): Columns {
  const known = query.columns.get(number);
  if (known) return known;
  const found: Columns = new Map();
  // Set before it is full: a recursive query reads itself.
  query.columns.set(number, found);
  const operation = query.node.fields.get('setOperations');
  if (isNode(operation)) {
    for (const index of partsOf(operation)) {
      const part = nodesOf(query.node, 'rtable')[index - 1];
      if (part) addPart(found, columnOfTable(query, part, number));
    }
    return found;
  }
  const target = nodesOf(query.node, 'targetList').find(
    (one) => text(one, 'resno') === String(number),
  );
  if (!target) return found;
  for (const [key, column] of columnsOf(query, target)) found.set(key, column);
  return found;
}

function columnsOf(query: Query, target: RuleNode): Columns {
  const relation = text(target, 'resorigtbl');
  if (relation === '0') return shownBy(query, target.fields.get('expr'));
  return originOf(relation, Number(text(target, 'resorigcol')));
}

const originOf = (relation: string, number: number): Columns =>
  new Map([[`${relation}.${number}`, { relation, number }]]);

/** Of a plain column, also where it is given another type that is stored the same way. */
function shownBy(query: Query, expression: RuleValue): Columns {
  if (!isNode(expression)) return new Map();
  if (expression.type === 'RELABELTYPE') return shownBy(query, expression.fields.get('arg'));
  if (expression.type !== 'VAR') return new Map();
  const from = levelOf(query, Number(text(expression, 'varlevelsup')));
  const table = from && nodesOf(from.node, 'rtable')[Number(text(expression, 'varno')) - 1];
  if (!from || !table) return new Map();
  return columnOfTable(from, table, Number(text(expression, 'varattno')));
}

/** Of a column of any table in FROM. */
function columnOfTable(query: Query, table: RuleNode, number: number): Columns {
  const kind = text(table, 'rtekind');
  if (kind === RELATION) return originOf(text(table, 'relid'), number);
  if (kind === SUBQUERY) {
    const inner = queryOf(query, table.fields.get('subquery'));
    return inner ? columnsAt(inner, number) : new Map();
  }
  if (kind === CTE) {
    const named = commonQuery(query, table);
    return named ? columnsAt(named, number) : new Map();
  }
  if (kind === JOIN) return shownByAll(query, listOf(table, 'joinaliasvars')[number - 1]);
  return kind === GROUP ? shownBy(query, listOf(table, 'groupexprs')[number - 1]) : new Map();
}

/** Of FULL JOIN … USING, whose column is that of either side. */
function shownByAll(query: Query, variable: RuleValue): Columns {
  if (!isNode(variable) || variable.type !== 'COALESCEEXPR') return shownBy(query, variable);
  const found: Columns = new Map();
  for (const side of listOf(variable, 'args')) addPart(found, shownBy(query, side));
  return found;
}

function commonQuery(query: Query, table: RuleNode): Query | undefined {
  const from = levelOf(query, Number(text(table, 'ctelevelsup')));
  if (!from) return undefined;
  const name = text(table, 'ctename');
  const common = nodesOf(from.node, 'cteList').find((one) => text(one, 'ctename') === name);
  return queryOf(from, common?.fields.get('ctequery'));
}

const queries = new WeakMap<RuleNode, Query>();

function queryOf(parent: Query, node: RuleValue): Query | undefined {
  if (!isNode(node) || node.type !== 'QUERY') return undefined;
  const known = queries.get(node);
  if (known) return known;
  const made = { node, parent, columns: new Map<number, Columns>() };
  queries.set(node, made);
  return made;
}

function levelOf(query: Query, up: number): Query | undefined {
  let found: Query | undefined = query;
  for (let left = up; left > 0; left -= 1) found = found?.parent;
  return found;
}

/** Numbers of the tables that are united. */
function partsOf(operation: RuleValue): number[] {
  if (!isNode(operation)) return [];
  if (operation.type === 'RANGETBLREF') return [Number(text(operation, 'rtindex'))];
  return [operation.fields.get('larg'), operation.fields.get('rarg')].flatMap(partsOf);
}

/** Adds what one of several parts shows that give the same column. */
function addPart(to: Columns, part: Columns): void {
  if (part.size === 0) to.set(OTHER, OTHER);
  for (const [key, column] of part) to.set(key, column);
}

function text(node: RuleNode, field: string): string {
  const value = node.fields.get(field);
  return typeof value === 'string' ? value : '';
}

function listOf(node: RuleNode, field: string): RuleValue[] {
  const value = node.fields.get(field);
  return Array.isArray(value) ? value : [];
}

function nodesOf(node: RuleNode, field: string): RuleNode[] {
  return listOf(node, field).filter(isNode);
}

function isNode(value: RuleValue): value is RuleNode {
  return typeof value === 'object' && !Array.isArray(value);
}
