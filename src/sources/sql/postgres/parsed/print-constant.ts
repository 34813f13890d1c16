import type { A_Const, Node } from 'libpg-query';
import type { TypeUse } from './catalogue.js';
import { untyped } from './common-type.js';
import type { Printer } from './printer.js';

/** Backslashes stand for themselves, as they have since PostgreSQL 9.1. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** With the type that it gets, as the engine prints it. */
export function printConstant(value: A_Const, printer: Printer, wanted?: TypeUse): string {
  const { ival, fval, boolval, bsval } = value;
  const type = wanted && !untyped(wanted) ? `::${printer.type(wanted, true)}` : '::text';
  if (value.isnull) return `NULL${wanted ? `::${printer.type(baseOf(wanted), true)}` : ''}`;
  if (ival) return numberText(String(ival.ival ?? 0), wanted);
  if (fval) return numberText(fval.fval ?? '', wanted);
  if (boolval) return String(boolval.boolval ?? false);
  if (bsval) return `'${(bsval.bsval ?? '').slice(1)}'::"bit"`;
  const text = value.sval?.sval ?? '';
  if (wanted?.base === 'bool' && !wanted.array)
    return /^(?:t|true|y|yes|on|1)$/i.test(text.trim()) ? 'true' : 'false';
  if (wanted?.base === 'bytea' && !text.startsWith('\\x')) {
    return `${literal(`\\x${Buffer.from(text).toString('hex')}`)}::bytea`;
  }
  const isFloat = (wanted?.base === 'float8' || wanted?.base === 'float4') && !wanted.array;
  if (isFloat && text.trim() !== '' && Number.isFinite(Number(text))) {
    return `${literal(String(Number(text)))}${type}`;
  }
  // Numbers in quotes are numbers, where a column of numbers has them.
  if (/^\d+$/.test(text) && wanted?.base === 'int4') return text;
  return `${literal(text)}${type}`;
}

/** What a null of a domain is cast to. */
function baseOf(type: TypeUse): TypeUse {
  const { base } = type;
  return typeof base !== 'string' && 'kind' in base && base.kind === 'd' && base.base && !type.array
    ? baseOf(base.base)
    : type;
}

/** Numbers below nought, and those that become of another type, are printed as strings. */
function numberText(text: string, wanted?: TypeUse): string {
  const base = typeof wanted?.base === 'string' && !wanted.array ? wanted.base : undefined;
  const cast =
    base !== undefined && base !== 'int4' && base !== 'numeric' && /^(?:int|float)\d$/.test(base);
  if (text.startsWith('-')) {
    return cast || !text.includes('.') ? `'${text}'::integer` : `'${text}'::numeric`;
  }
  if (base === undefined && /^\d{10,18}$/.test(text) && Number(text) > 0x7fffffff)
    return `'${text}'::bigint`;
  return text;
}

const CASTS: Record<string, string> = {
  numeric: 'numeric',
  float4: 'double precision',
  float8: 'double precision',
};

/** A whole number is made one of the type on the other side; among integers there is no need. */
export function numberBeside(
  node: Node | undefined,
  other: TypeUse | undefined,
): string | undefined {
  const value = node && 'A_Const' in node ? node.A_Const.ival : undefined;
  const cast = typeof other?.base === 'string' && !other.array ? CASTS[other.base] : undefined;
  if (!value || cast === undefined) return undefined;
  const number = value.ival ?? 0;
  return number < 0 ? `('${number}'::integer)::${cast}` : `(${number})::${cast}`;
}
