import type { SqlLimits } from '../../../blueprint/database.js';
import type { SqlEntry } from '../../manifest/sql-source.js';

/** Bounds of results and statements; what the operator sets in mcp.yaml callers cannot raise. */
export function limitsOf(limits: SqlEntry['limits'] = {}): SqlLimits {
  const maxRows = limits.maxRows ?? Math.max(200, limits.rows ?? 0);
  return {
    defaultRows: Math.min(limits.rows ?? 25, maxRows),
    maxRows,
    timeoutMs: limits.timeoutMs ?? 10_000,
    maxTextChars: limits.textChars ?? 2_000,
    maxBinaryBytes: limits.binaryBytes ?? 10_000,
  };
}
