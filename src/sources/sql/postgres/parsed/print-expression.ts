import type { A_Expr, FuncCall, Node, SQLValueFunctionOp } from 'libpg-query';
import type { TypeUse } from './catalogue.js';
import { expressionType } from './expression-type.js';
import type { TypeScope } from './expression-type.js';
import { stringsOf } from './names.js';
import { literal, numberBeside, printConstant } from './print-constant.js';
import type { Printer } from './printer.js';
import { typeUse } from './type-use.js';

export type Printing = { printer: Printer; scope: TypeScope };

/**
 * An expression as `pg_get_expr` writes it: everything in parentheses, strings with their type. Undefined where it holds
 * something that is seldom part of defaults and checks.
 */
export function printExpression(
  node: Node,
  printing: Printing,
  wanted?: TypeUse,
): string | undefined {
  try {
    return print(node, printing, wanted);
  } catch (error) {
    // Nested too deeply, which no check that says something is.
    if (error instanceof Unprintable || error instanceof RangeError) return undefined;
    throw error;
  }
}

class Unprintable extends Error {}

function print(node: Node | undefined, printing: Printing, wanted?: TypeUse): string {
  const { printer, scope } = printing;
  const inner = (one: Node | undefined): string => print(one, printing);
  if (node === undefined) throw new Unprintable();
  if ('ColumnRef' in node)
    return stringsOf(node.ColumnRef.fields).map(printer.identifier).join('.');
  if ('A_Const' in node) return printConstant(node.A_Const, printer, wanted);
  if ('TypeCast' in node)
    return printCast(
      node.TypeCast.arg,
      typeUse(scope.catalogue, node.TypeCast.typeName ?? {}),
      printing,
    );
  if ('FuncCall' in node) return printCall(node.FuncCall, printing);
  if ('A_Expr' in node) return printOperation(node.A_Expr, printing);
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr;
    if (boolop === 'NOT_EXPR') return `(NOT ${inner(args[0])})`;
    return `(${args.map(inner).join(boolop === 'AND_EXPR' ? ' AND ' : ' OR ')})`;
  }
  if ('NullTest' in node) {
    const { arg, nulltesttype } = node.NullTest;
    return `(${inner(arg)} IS ${nulltesttype === 'IS_NULL' ? '' : 'NOT '}NULL)`;
  }
  if ('BooleanTest' in node) {
    const { arg, booltesttype = 'IS_TRUE' } = node.BooleanTest;
    return `(${inner(arg)} ${booltesttype.replace('IS_NOT_', 'IS NOT ').replace('IS_', 'IS ')})`;
  }
  if ('CoalesceExpr' in node)
    return `COALESCE(${(node.CoalesceExpr.args ?? []).map(inner).join(', ')})`;
  if ('MinMaxExpr' in node) {
    const { op, args = [] } = node.MinMaxExpr;
    return `${op === 'IS_GREATEST' ? 'GREATEST' : 'LEAST'}(${args.map(inner).join(', ')})`;
  }
  if ('SQLValueFunction' in node)
    return printValue(node.SQLValueFunction.op ?? 'SVFOP_USER', node.SQLValueFunction.typmod);
  if ('A_ArrayExpr' in node) {
    const element = wanted?.array ? { ...wanted, array: false } : undefined;
    const list = (node.A_ArrayExpr.elements ?? []).map((one) => print(one, printing, element));
    return list.length === 0 && wanted
      ? `ARRAY[]::${printer.type(wanted, true)}`
      : `ARRAY[${list.join(', ')}]`;
  }
  if ('CollateClause' in node) {
    const name = stringsOf(node.CollateClause.collname).map(printer.identifier).join('.');
    return `(${inner(node.CollateClause.arg)} COLLATE ${name})`;
  }
  if ('CaseExpr' in node) {
    const { arg, args = [], defresult } = node.CaseExpr;
    const cases = args.map((one) => {
      if (!('CaseWhen' in one)) throw new Unprintable();
      return `WHEN ${inner(one.CaseWhen.expr)} THEN ${print(one.CaseWhen.result, printing, wanted)} `;
    });
    const otherwise = defresult ? print(defresult, printing, wanted) : 'NULL';
    return `CASE ${arg ? `${inner(arg)} ` : ''}${cases.join('')}ELSE ${otherwise} END`;
  }
  if ('A_Indirection' in node) {
    const steps = (node.A_Indirection.indirection ?? []).map((step) => {
      if ('String' in step) return `.${printer.identifier(step.String.sval ?? '')}`;
      if (!('A_Indices' in step)) throw new Unprintable();
      const { is_slice, lidx, uidx } = step.A_Indices;
      return `[${is_slice ? `${lidx ? inner(lidx) : ''}:` : ''}${uidx ? inner(uidx) : ''}]`;
    });
    return `(${inner(node.A_Indirection.arg)})${steps.join('')}`;
  }
  throw new Unprintable();
}

function printCast(arg: Node | undefined, type: TypeUse, printing: Printing): string {
  const { printer } = printing;
  if (arg && 'A_Const' in arg) {
    const { ival, sval, boolval } = arg.A_Const;
    if (sval) {
      if (type.base === 'bool' && !type.array) return printConstant(arg.A_Const, printer, type);
      if (type.base === 'regclass')
        return `${literal(localName(sval.sval ?? '', printing))}::regclass`;
      return `${literal(sval.sval ?? '')}::${printer.type(type)}`;
    }
    if (ival && type.base === 'int4' && !type.array) return String(ival.ival ?? 0);
    if (boolval && type.base === 'bool') return String(boolval.boolval ?? false);
    if (arg.A_Const.isnull) return `NULL::${printer.type(type)}`;
  }
  const text = print(arg, printing, type);
  if (arg && 'A_ArrayExpr' in arg && (arg.A_ArrayExpr.elements ?? []).length === 0) return text;
  const own = arg && expressionType(arg, printing.scope);
  if (own && own.base === type.base && own.array === type.array) return text;
  return `(${text})::${printer.type(type)}`;
}

function printCall(
  { funcname, args = [], agg_star, over, agg_filter, funcformat }: FuncCall,
  printing: Printing,
): string {
  if (over || agg_filter) throw new Unprintable();
  const parts = stringsOf(funcname).filter((part) => part !== 'pg_catalog' && part !== 'public');
  const name = parts.map(printing.printer.identifier).join('.');
  if (agg_star) return `${name}(*)`;
  if (SEQUENCES.has(name)) return `${name}(${printSequence(args[0], printing)})`;
  const [first, second] = args;
  if (name === 'timezone' && second && funcformat === 'COERCE_SQL_SYNTAX') {
    return `(${print(second, printing)} AT TIME ZONE ${print(first, printing)})`;
  }
  if (name === 'extract' && first && 'A_Const' in first) {
    return `EXTRACT(${first.A_Const.sval?.sval ?? ''} FROM ${print(second, printing)})`;
  }
  const shown =
    name === 'btrim' && args.length === 1 ? `TRIM(BOTH FROM ${print(first, printing)})` : undefined;
  return shown ?? `${name}(${args.map((one) => printText(one, printing)).join(', ')})`;
}

const SEQUENCES = new Set(['nextval', 'currval']);

function printSequence(node: Node | undefined, printing: Printing): string {
  if (node && 'A_Const' in node) {
    return `${literal(localName(node.A_Const.sval?.sval ?? '', printing))}::regclass`;
  }
  const type = node && expressionType(node, printing.scope);
  return type?.base === 'text' ? `(${print(node, printing)})::regclass` : print(node, printing);
}

/** `public.orders_id_seq` as the database prints it. */
function localName(text: string, { printer }: Printing): string {
  const [, schema, name] = /^"?([\w$]+)"?\."?([\w$]+)"?$/.exec(text) ?? [];
  return schema === undefined || name === undefined ? text : printer.qualified({ schema, name });
}

/** Functions and patterns take text: a varchar is made one before. */
function printText(node: Node | undefined, printing: Printing): string {
  const text = print(node, printing);
  const type = node && expressionType(node, printing.scope);
  return type?.base === 'varchar' && !type.array ? `(${text})::text` : text;
}

const PATTERNS = new Set([
  '~~',
  '!~~',
  '~~*',
  '!~~*',
  '~',
  '~*',
  '!~',
  '!~*',
  '||',
  '=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
]);

function printOperation(
  { kind = 'AEXPR_OP', name, lexpr, rexpr }: A_Expr,
  printing: Printing,
): string {
  const operator = stringsOf(name).at(-1) ?? '';
  const items = rexpr && 'List' in rexpr ? (rexpr.List.items ?? []) : [];
  const of = (node: Node | undefined): TypeUse | undefined =>
    node && expressionType(node, printing.scope);
  const [left, right] = [of(lexpr), of(rexpr)];
  const side = (node: Node | undefined, other: TypeUse | undefined): string => {
    const number = numberBeside(node, other);
    if (number !== undefined) return number;
    const isText = [of(node)?.base, other?.base].some((base) => base === 'varchar') || !other;
    const isPattern = /[~]/.test(operator) && other?.base === 'bpchar';
    return isText || isPattern || !PATTERNS.has(operator)
      ? printText(node, printing)
      : print(node, printing, other);
  };
  switch (kind) {
    case 'AEXPR_IN':
      return printIn(operator, lexpr, items, left, printing);
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const [low, high] = items.map((item) => side(item, left));
      const value = side(lexpr, undefined);
      return kind === 'AEXPR_BETWEEN'
        ? `((${value} >= ${low}) AND (${value} <= ${high}))`
        : `((${value} < ${low}) OR (${value} > ${high}))`;
    }
    case 'AEXPR_OP_ANY':
    case 'AEXPR_OP_ALL': {
      const word = kind === 'AEXPR_OP_ANY' ? 'ANY' : 'ALL';
      return `(${printText(lexpr, printing)} ${operator} ${word} (${print(rexpr, printing)}))`;
    }
    case 'AEXPR_DISTINCT':
      return `(${side(lexpr, right)} IS DISTINCT FROM ${side(rexpr, left)})`;
    case 'AEXPR_NOT_DISTINCT':
      return `(NOT (${side(lexpr, right)} IS DISTINCT FROM ${side(rexpr, left)}))`;
    case 'AEXPR_NULLIF':
      return `NULLIF(${side(lexpr, right)}, ${side(rexpr, left)})`;
    case 'AEXPR_OP':
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE':
    case 'AEXPR_SIMILAR':
      if (!lexpr) return `(${operator} ${print(rexpr, printing)})`;
      return `(${side(lexpr, right)} ${operator} ${side(rexpr, left)})`;
    default:
      throw new Unprintable();
  }
}

/** IN is printed as what PostgreSQL makes of it: a comparison with the elements of an array. */
function printIn(
  operator: string,
  value: Node | undefined,
  items: readonly Node[],
  type: TypeUse | undefined,
  printing: Printing,
): string {
  const isVarchar = type?.base === 'varchar' && !type.array;
  const word = operator === '<>' ? 'ALL' : 'ANY';
  const [only] = items;
  if (items.length === 1)
    return printOperation(
      {
        kind: 'AEXPR_OP',
        name: [{ String: { sval: operator } }],
        ...(value && { lexpr: value }),
        ...(only && { rexpr: only }),
      },
      printing,
    );
  const list = `ARRAY[${items.map((item) => print(item, printing, type)).join(', ')}]`;
  const array = isVarchar ? `(${list})::text[]` : list;
  return `(${printText(value, printing)} ${operator} ${word} (${array}))`;
}

function printValue(op: SQLValueFunctionOp, modifier: number | undefined): string {
  const name = op.replace('SVFOP_', '');
  return name.endsWith('_N') ? `${name.slice(0, -2)}(${modifier ?? 0})` : name;
}
