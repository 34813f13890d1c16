const NAME = String.raw`(?:"(?:[^"]|"")+"|[\w$]+)`;
const ACTION = String.raw`(?:cascade|restrict|no\s+action|set\s+(?:null|default)(?:\s*\([^()]*\))?)`;
const REST =
  String.raw`(?:\s*\([^()]*\))?(?:\s*(?:match\s+\w+|on\s+(?:delete|update)\s+${ACTION}` +
  String.raw`|(?:not\s+)?deferrable|initially\s+(?:deferred|immediate)))*`;

/** A CREATE TABLE without its references to one table, which is nowhere; undefined where it has none. */
export function withoutReferences(sql: string, table: string): string | undefined {
  const path = table.split('.').map((part) => `"?${part.replace(/[^\w]/g, '\\$&')}"?`);
  const target = String.raw`references\s+${path.join(String.raw`\s*\.\s*`)}(?![\w"$.])${REST}`;
  const named = String.raw`(?:constraint\s+${NAME}\s+)?`;
  const whole = new RegExp(String.raw`,\s*${named}foreign\s+key\s*\([^()]*\)\s*${target}`, 'gi');
  const ofColumn = new RegExp(String.raw`\s${named}${target}`, 'gi');
  const text = sql.replace(whole, '').replace(ofColumn, '');
  return text === sql ? undefined : text;
}
