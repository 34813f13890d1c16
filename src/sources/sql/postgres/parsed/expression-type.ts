import type { A_Expr, CaseExpr, Node, SelectStmt, SQLValueFunctionOp, SubLink } from 'libpg-query';
import type { Catalogue, TypeUse } from './catalogue.js';
import { commonType, NUMBERS, untyped } from './common-type.js';
import { callType } from './call-type.js';
import { columnOf, stringsOf } from './names.js';
import { arrayOf, builtin, elementOf, typeUse } from './type-use.js';

/** What names mean where an expression stands. */
export type TypeScope = {
  catalogue: Catalogue;
  /** By the parts of its name; undefined where there is none, or nobody says its type. */
  column: (parts: readonly string[]) => TypeUse | undefined;
  /** Types of the columns of a query within the expression. */
  query: (select: SelectStmt) => (TypeUse | undefined)[];
};

/** The type of a value; undefined where that takes more than is known here. A bare string has the type `unknown`. */
export function expressionType(node: Node | undefined, scope: TypeScope): TypeUse | undefined {
  if (node === undefined) return undefined;
  const of = (inner: Node | undefined): TypeUse | undefined => expressionType(inner, scope);
  if ('ColumnRef' in node) return scope.column(stringsOf(node.ColumnRef.fields));
  if ('A_Const' in node) {
    const { ival, fval, boolval, bsval } = node.A_Const;
    if (ival) return builtin('int4');
    if (fval) return builtin(isBigint(fval.fval ?? '') ? 'int8' : 'numeric');
    if (boolval) return builtin('bool');
    return builtin(bsval ? 'bit' : 'unknown');
  }
  if ('TypeCast' in node)
    return node.TypeCast.typeName && typeUse(scope.catalogue, node.TypeCast.typeName);
  if ('FuncCall' in node)
    return callType(node.FuncCall, scope.catalogue, (node.FuncCall.args ?? []).map(of));
  if ('A_Expr' in node) return operationType(node.A_Expr, of);
  if ('CaseExpr' in node) return caseType(node.CaseExpr, of);
  if ('CoalesceExpr' in node) return commonType((node.CoalesceExpr.args ?? []).map(of));
  if ('MinMaxExpr' in node) return commonType((node.MinMaxExpr.args ?? []).map(of));
  if ('SQLValueFunction' in node)
    return VALUES[node.SQLValueFunction.op ?? 'SVFOP_USER'] ?? undefined;
  if ('SubLink' in node) return subLinkType(node.SubLink, scope);
  if ('CollateClause' in node) return of(node.CollateClause.arg);
  if ('A_ArrayExpr' in node) {
    const element = commonType((node.A_ArrayExpr.elements ?? []).map(of));
    return element && !element.array
      ? arrayOf(untyped(element) ? builtin('text') : element)
      : element;
  }
  if ('A_Indirection' in node)
    return indirectionType(of(node.A_Indirection.arg), node.A_Indirection.indirection ?? []);
  if ('BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return builtin('bool');
  if ('GroupingFunc' in node) return builtin('int4');
  return undefined;
}

const VALUES: Partial<Record<SQLValueFunctionOp, TypeUse>> = {
  SVFOP_CURRENT_DATE: builtin('date'),
  SVFOP_CURRENT_TIME: builtin('timetz'),
  SVFOP_LOCALTIME: builtin('time'),
  SVFOP_CURRENT_TIMESTAMP: builtin('timestamptz'),
  SVFOP_LOCALTIMESTAMP: builtin('timestamp'),
  SVFOP_CURRENT_ROLE: builtin('name'),
  SVFOP_CURRENT_USER: builtin('name'),
  SVFOP_USER: builtin('name'),
  SVFOP_SESSION_USER: builtin('name'),
  SVFOP_CURRENT_CATALOG: builtin('name'),
  SVFOP_CURRENT_SCHEMA: builtin('name'),
};

function isBigint(text: string): boolean {
  return /^\d+$/.test(text) && BigInt(text) < 1n << 63n;
}

type Inner = (node: Node | undefined) => TypeUse | undefined;

function caseType({ args = [], defresult }: CaseExpr, of: Inner): TypeUse | undefined {
  const results = args.map((one) => ('CaseWhen' in one ? one.CaseWhen.result : undefined));
  return commonType([...(defresult ? [defresult] : []), ...results].map(of));
}

function subLinkType({ subLinkType, subselect }: SubLink, scope: TypeScope): TypeUse | undefined {
  if (
    subLinkType === 'EXISTS_SUBLINK' ||
    subLinkType === 'ANY_SUBLINK' ||
    subLinkType === 'ALL_SUBLINK'
  ) {
    return builtin('bool');
  }
  if (!subselect || !('SelectStmt' in subselect)) return undefined;
  const [type] = scope.query(subselect.SelectStmt);
  if (subLinkType === 'EXPR_SUBLINK') return type;
  return subLinkType === 'ARRAY_SUBLINK' && type && !type.array ? arrayOf(type) : undefined;
}

function indirectionType(type: TypeUse | undefined, steps: readonly Node[]): TypeUse | undefined {
  const [step] = steps;
  if (!type || !step || steps.length > 1) return undefined;
  if ('A_Indices' in step) {
    if (!type.array) return type.base === 'jsonb' ? type : undefined;
    return step.A_Indices.is_slice ? type : elementOf(type);
  }
  const [field] = stringsOf(steps);
  if (field === undefined || type.array || typeof type.base === 'string') return undefined;
  if ('kind' in type.base && type.base.kind === 'b') return undefined;
  return 'parents' in type.base
    ? columnOf(type.base, field).type
    : type.base.columns.find(({ name }) => name === field)?.type;
}

const TRUTHS = new Set([
  '=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  '~',
  '~*',
  '!~',
  '!~*',
  '~~',
  '!~~',
  '~~*',
  '!~~*',
  '@>',
  '<@',
  '&&',
  '@@',
  '?',
  '?|',
  '?&',
]);
const TESTS = new Set([
  'AEXPR_OP_ANY',
  'AEXPR_OP_ALL',
  'AEXPR_DISTINCT',
  'AEXPR_NOT_DISTINCT',
  'AEXPR_IN',
  'AEXPR_LIKE',
  'AEXPR_ILIKE',
  'AEXPR_SIMILAR',
  'AEXPR_BETWEEN',
  'AEXPR_NOT_BETWEEN',
  'AEXPR_BETWEEN_SYM',
  'AEXPR_NOT_BETWEEN_SYM',
]);
const TIMES = new Set(['timestamp', 'timestamptz', 'date', 'time', 'timetz']);

function operationType(
  { kind = 'AEXPR_OP', name, lexpr, rexpr }: A_Expr,
  of: Inner,
): TypeUse | undefined {
  if (TESTS.has(kind)) return builtin('bool');
  if (kind === 'AEXPR_NULLIF') return compared(of(lexpr));
  const operator = stringsOf(name).at(-1) ?? '';
  if (TRUTHS.has(operator)) return builtin('bool');
  const left = of(lexpr);
  const right = of(rexpr);
  if (operator === '->>' || operator === '#>>') return builtin('text');
  if (operator === '->' || operator === '#>' || operator === '#-') return plain(left);
  if (operator === '||') return joined(left, right);
  if (!lexpr) return plain(right);
  return arithmetic(operator, left, right);
}

/** A value that was computed has no modifier. */
const plain = (type: TypeUse | undefined): TypeUse | undefined =>
  type && typeof type.base === 'string' ? { ...builtin(type.base), array: type.array } : type;

/** What is compared with another value is a text where it was a varchar. */
function compared(type: TypeUse | undefined): TypeUse | undefined {
  return type?.base === 'varchar' && !type.array ? builtin('text') : plain(type);
}

function joined(left: TypeUse | undefined, right: TypeUse | undefined): TypeUse | undefined {
  const special = [left, right].find(
    (type) =>
      type &&
      (type.array || ['jsonb', 'tsvector', 'bytea', 'bit', 'varbit'].includes(String(type.base))),
  );
  if (special) return plain(special);
  return left && right ? builtin('text') : undefined;
}

function arithmetic(
  operator: string,
  left: TypeUse | undefined,
  right: TypeUse | undefined,
): TypeUse | undefined {
  if (!left || !right || left.array || right.array) return undefined;
  const [a, b] = [String(left.base), String(right.base)];
  if (TIMES.has(a) && b === a && operator === '-')
    return builtin(a === 'date' ? 'int4' : 'interval');
  if (TIMES.has(a) && b === 'interval') return builtin(a === 'date' ? 'timestamp' : a);
  if (a === 'interval' && TIMES.has(b) && operator === '+')
    return builtin(b === 'date' ? 'timestamp' : b);
  if (a === 'date' && NUMBERS.includes(b)) return builtin('date');
  if (a === 'interval' && (b === 'interval' || NUMBERS.includes(b))) return builtin('interval');
  if (b === 'interval' && NUMBERS.includes(a) && operator === '*') return builtin('interval');
  if (NUMBERS.includes(a) && NUMBERS.includes(b)) {
    return ['+', '-', '*', '/', '%', '^'].includes(operator)
      ? numberType(operator, a, b)
      : undefined;
  }
  if (NUMBERS.includes(a) && untyped(right)) return plain(left);
  return NUMBERS.includes(b) && untyped(left) ? plain(right) : undefined;
}

function numberType(operator: string, a: string, b: string): TypeUse {
  const wider = NUMBERS[Math.max(NUMBERS.indexOf(a), NUMBERS.indexOf(b))] ?? 'float8';
  if (operator === '^') return builtin(wider === 'numeric' ? 'numeric' : 'float8');
  // There is no operator of real with another number but for double precision.
  return builtin(wider === 'float4' && a !== b ? 'float8' : wider);
}
