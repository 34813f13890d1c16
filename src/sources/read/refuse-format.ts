import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';

/** A format that is no text: what it is, and how its content is had as one. */
type Format = { is: (head: Buffer) => boolean; what: string; fix: (file: string) => string };

const TAR_MARK = 257;
const isTar = (head: Buffer) =>
  head.subarray(TAR_MARK, TAR_MARK + 5).toString('latin1') === 'ustar';
const restore = (file: string) => `convert it: pg_restore --schema-only -f schema.sql ${file}`;

const FORMATS: Format[] = [
  { is: starts('PGDMP'), what: "a dump in pg_dump's custom format", fix: restore },
  {
    is: (head) => isTar(head) && starts('toc.dat\0')(head),
    what: "a dump in pg_dump's tar format",
    fix: restore,
  },
  {
    is: starts('SQLite format 3\0'),
    what: 'an SQLite database',
    fix: () =>
      'give the path of the database file itself, unpacked and on disk: create-mcp-server ./data.sqlite (in mcp.yaml, sql: sqlite:./data.sqlite)',
  },
  {
    is: (head) => /^\s*<\?xml[\s\S]*<mysqldump\b/.test(head.toString('latin1')),
    what: 'what mysqldump --xml writes',
    fix: () => 'dump it as SQL: mysqldump --no-data --routines database > schema.sql',
  },
  {
    is: (head) => /^\s*<\?xml[\s\S]*<pma_xml_export\b/.test(head.toString('latin1')),
    what: 'an XML export of phpMyAdmin',
    fix: () => 'export it as SQL there',
  },
  { is: isTar, what: 'a tar archive', fix: unpacking('tar -xf') },
  { is: starts('PK\x03\x04'), what: 'a zip archive', fix: unpacking('unzip') },
  { is: (head) => /^BZh[1-9]1AY/.test(head.toString('latin1')), ...packed('bzip2', 'bunzip2 -k') },
  { is: starts('\xfd7zXZ\0'), ...packed('xz', 'xz -dk') },
  { is: starts('\x28\xb5\x2f\xfd'), ...packed('zstd', 'zstd -d') },
  { is: starts('\x04\x22\x4d\x18'), ...packed('lz4', 'lz4 -d') },
  { is: starts('7z\xbc\xaf\x27\x1c'), what: 'a 7z archive', fix: unpacking('7z x') },
];

/** Throws an InputError (MCP116) for a stream that begins like a format that is no text, at best with the command that makes one of it. */
export function refuseFormat(head: Buffer, file: string, isPacked: boolean): void {
  const found = FORMATS.find(({ is }) => is(head));
  if (found === undefined) return;
  const inGzip = isPacked ? ' (in gzip)' : '';
  const named =
    file === '-' || file === 'standard input' || isPacked || /^https?:/i.test(file) ? 'dump' : file;
  const first = isPacked
    ? `gunzip -c ${file === 'standard input' ? 'dump.gz' : file} > dump; then `
    : '';
  const fix = `${first}${found.fix(named)}`;
  throw new InputError([diagnostic('MCP116', { file, what: `${found.what}${inGzip}`, fix })]);
}

/** Throws an InputError (MCP116): a folder that pg_dump wrote, told by its table of contents. */
export function refuseDumpFolder(folder: string): never {
  const what = "a dump in pg_dump's directory format";
  throw new InputError([diagnostic('MCP116', { file: folder, what, fix: restore(folder) })]);
}

/** The file by which such a folder is told. */
export const DUMP_CONTENTS = 'toc.dat';

function starts(magic: string): (head: Buffer) => boolean {
  const bytes = Buffer.from(magic, 'latin1');
  return (head) => head.subarray(0, bytes.length).equals(bytes);
}

function unpacking(command: string): (file: string) => string {
  return (file) => `unpack it and give what is in it: ${command} ${file}`;
}

function packed(name: string, command: string): { what: string; fix: Format['fix'] } {
  return { what: `compressed with ${name}`, fix: unpacking(command) };
}
