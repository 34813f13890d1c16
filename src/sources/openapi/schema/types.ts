import { FORMATS } from '../../../blueprint/formats.js';
import { child, isObject, stringAt, type Node } from '../node.js';
import { readBounds } from './bounds.js';
import { meantType, WIDE_INTEGERS } from './keywords.js';
import type { Schemas } from './schemas.js';

/** The `type` and `format` of a schema, read as they were meant. */
export type Types = {
  /** Empty where everything is allowed. */
  names: string[];
  /** Whether null is allowed besides. Kept apart: it must reach enums and compositions too. */
  nullable: boolean;
  /** One that a caller must know; `binary` marks raw bytes until it is known how they travel. */
  format?: string;
};

/**
 * OpenAPI 3.0 has `nullable`, 2.0 `x-nullable` and `type: file`, 3.1 arrays of types; documents mix them freely.
 * A wide integer may also come as a string of digits, because JSON numbers of most clients lose its last places.
 */
export function readTypes(schemas: Schemas, node: Node): Types {
  const written = child(node, 'type').value;
  const list = Array.isArray(written) ? written : written === undefined ? [] : [written];
  const names: string[] = [];
  let nullable = child(node, 'nullable').value === true || child(node, 'x-nullable').value === true;
  for (const item of list) {
    const type = meantType(item);
    if (type === undefined) schemas.report(node, { kind: 'type', written: item });
    else if (type === 'null') nullable = true;
    else if (type === null) return { names: [], nullable: false };
    else if (!names.includes(type)) names.push(type);
  }
  const onlyNull = list.length > 0 && names.length === 0 && nullable;
  if (onlyNull && list.every((item) => meantType(item) === 'null')) {
    return { names: ['null'], nullable: false };
  }
  if (names.length === 0) names.push(...impliedTypes(node));
  if (isBinary(node, list, names)) return { names: ['string'], nullable, format: 'binary' };
  return withFormat(node, names, nullable);
}

function impliedTypes(node: Node): string[] {
  if (isObject(child(node, 'properties').value)) return ['object'];
  if (isObject(child(node, 'additionalProperties').value)) return ['object'];
  return child(node, 'items').value === undefined ? [] : ['array'];
}

/** Raw bytes: `type: file` (2.0), `format: binary` (3.0), a media type without an encoding (3.1 §4.8.14.3). */
function isBinary(node: Node, written: unknown[], names: string[]): boolean {
  if (written.includes('file')) return true;
  const isString = names.length === 0 || (names.length === 1 && names[0] === 'string');
  if (isString && stringAt(node, 'format') === 'binary') return true;
  const mediaType = stringAt(node, 'contentMediaType');
  const isEncoded = stringAt(node, 'contentEncoding') !== undefined;
  return isString && mediaType !== undefined && !isEncoded && !/json|text|xml/.test(mediaType);
}

/** Whether all values within the bounds are whole numbers that JavaScript holds exactly. */
function isExact(node: Node): boolean {
  const { minimum, maximum } = readBounds(node);
  return Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum);
}

function withFormat(node: Node, names: string[], nullable: boolean): Types {
  const format = stringAt(node, 'format') ?? '';
  const number = names.find((name) => name === 'integer' || name === 'number');
  if (number !== undefined && WIDE_INTEGERS.has(format) && !isExact(node)) {
    const others = names.filter((name) => name !== number && name !== 'string');
    return { names: [...others, 'integer', 'string'], nullable, format: 'int64' };
  }
  return names.includes('string') && FORMATS.has(format)
    ? { names, nullable, format }
    : { names, nullable };
}
