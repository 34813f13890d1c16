/** How tools that write dumps begin them. */
const DUMP =
  /^-- (?:MySQL|MariaDB) dump |^-- PostgreSQL database dump|^-- phpMyAdmin SQL Dump|^-- mysqldump-php/m;

/** What such tools write that moves with the rows or the clock, and what stands for it. */
const MOVING: [RegExp, string][] = [
  [
    /^(SELECT pg_catalog\.setval\('(?:[^'\n]|'')+'), (?:\d+|-\d+), (?:true|false)\);(\r?)$/gm,
    '$1, 1, false);$2',
  ],
  [/^(\) ENGINE=\w+) AUTO_INCREMENT=\d+(?=[ ;])/gm, '$1'],
  [/( AUTO_INCREMENT), AUTO_INCREMENT=\d+;/g, '$1;'],
  [/^\\(un)?restrict \w+/gm, '\\$1restrict schema'],
  [/^-- (Dump completed|Started|Completed) on \d.*?(\r?)$/gm, '-- $1$2'],
  [/^-- Generation Time: .*?(\r?)$/gm, '-- Generation Time$1'],
  [/^SET @@GLOBAL\.GTID_PURGED=[^;]*;\r?\n/gm, ''],
  [/^(?:-- )?CHANGE (?:MASTER|REPLICATION SOURCE) TO [^;\n]*;\r?\n/gm, ''],
  // One for each large object.
  [/^--\r?\n-- Name: [\d.]+; Type: BLOBS?\b.*\n--\r?\n(?:\r?\n)*/gm, ''],
];

/** A dump without what changes from run to run though the schema does not: counters, times, positions of a replication. */
export function steadyDump(text: string): string {
  if (!DUMP.test(text.slice(0, 4000))) return text;
  return MOVING.reduce((steady, [pattern, stand]) => steady.replace(pattern, stand), text);
}
