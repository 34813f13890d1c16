/** What only one database system writes that is not read here. */
const SIGNS: [string, RegExp][] = [
  [
    'SQL Server',
    /\[dbo\]\s*\.|\bIDENTITY\s*\(\s*-?\d+\s*,\s*-?\d+\s*\)|\bN?VARCHAR\]?\s*\(\s*MAX\s*\)|\bON\s+\[PRIMARY\]/i,
  ],
  ['Oracle', /\bN?VARCHAR2\s*\(/i],
  ['ClickHouse', /\bENGINE\s*=\s*\w*MergeTree\b/i],
];

/** The system that a script was written for where it is none that is read, as people call it. `text` has no comments and rows. */
export function foreignSystem(text: string): string | undefined {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}
