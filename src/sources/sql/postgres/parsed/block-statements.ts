import { splitStatements } from '../split-statements.js';
import type { Statement } from '../split-statements.js';

const GUARDED =
  /^\s*begin\s+([\s\S]*?)\s*exception\s+when\s+(?:duplicate_object|duplicate_table|duplicate_column|others)(?:\s+or\s+\w+)*\s+then\s+(?:null\s*;|raise\s+notice\s+[^;]*;)\s*end\s*;?\s*$/i;
const CHANGES = /^(?:create|alter|comment)\b/i;

/**
 * The statements of a DO block that only keeps them from failing the second time (`EXCEPTION WHEN duplicate_object THEN null`),
 * as tools for migrations write it; undefined for every other block.
 */
export function blockStatements(body: string): Statement[] | undefined {
  const inner = GUARDED.exec(body)?.[1];
  if (inner === undefined) return undefined;
  const { statements } = splitStatements(inner);
  const isPlain = statements.every(({ text }) => CHANGES.test(text));
  return isPlain && statements.length > 0 ? statements : undefined;
}
