import type { SqlValue } from '../../driver.js';
import type { WireValue } from './wire.js';

/** A parameter as text that the server reads by the type it wants; bytes in the binary format; arrays as array literals. */
export function toWire(value: SqlValue): WireValue {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length);
  return Array.isArray(value) ? arrayLiteral(value) : String(value);
}

/** Section 8.15.6 of PostgreSQL's manual. */
function arrayLiteral(values: readonly SqlValue[]): string {
  const elements = values.map((value) => {
    if (value === null) return 'NULL';
    if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString('hex')}"`;
    return Array.isArray(value)
      ? arrayLiteral(value)
      : `"${String(value).replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${elements.join(',')}}`;
}
