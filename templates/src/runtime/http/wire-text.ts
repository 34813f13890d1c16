import { isLosslessNumber, stringify } from 'lossless-json';

/**
 * A value as it is written in a URL, header or form: primitives as JSON prints them, without
 * quotes; anything else as JSON.
 */
export function wireText(value: unknown): string {
  return typeof value === 'string' ? value : jsonText(value);
}

/** Compact JSON; numbers that came as text keep every digit. */
export function jsonText(value: unknown): string {
  return stringify(value) ?? 'null';
}

/** Null counts as absent (RFC 6570 §2.3: undefined values are left out). */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** An object with named members: not a list, not null, not a number in disguise. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
  );
}

/** Own members that have a value. */
export function presentEntries(value: Record<string, unknown>): [string, unknown][] {
  return Object.entries(value).filter(([, member]) => !isAbsent(member));
}
