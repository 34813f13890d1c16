import { isScalar, parseDocument, type Document } from 'yaml';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';

/** What this generator reads and writes. */
export const MANIFEST_VERSION = 1;

/** Changes a manifest of one version into one of the next, in its document: comments and order stay. */
export type Migration = (document: Document) => void;

/** By the version that they start from. The first version has none before it. */
const MIGRATIONS: Readonly<Record<number, Migration>> = {};

export type MigrateOptions = { to?: number; migrations?: Readonly<Record<number, Migration>> };

/**
 * The text of a manifest in the version of this generator: unchanged where it is of that, rewritten in place where it is older.
 * Throws an InputError (MCP728) for a newer one, and for what is no version.
 */
export function migrateManifest(
  text: string,
  file: string,
  { to = MANIFEST_VERSION, migrations = MIGRATIONS }: MigrateOptions = {},
): string {
  // Most manifests say nothing of it, and are not to be read twice.
  if (!text.includes('manifestVersion')) return to === 1 ? text : migrated(1);
  const written = parseDocument(text).getIn(['manifestVersion']);
  if (written === undefined) return to === 1 ? text : migrated(1);
  const version = isScalar(written) ? written.value : written;
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1) {
    if (version === to) return text;
    if (version < to) return migrated(version);
  }
  const fields = { version: String(version), known: to };
  throw new InputError([
    diagnostic('MCP728', fields, { origin: { file, path: ['manifestVersion'] } }),
  ]);

  function migrated(from: number): string {
    const document = parseDocument(text);
    for (let version = from; version < to; version += 1) {
      const migrate = migrations[version];
      if (migrate === undefined) throw new TypeError(`no way from manifest version ${version}`);
      migrate(document);
    }
    document.setIn(['manifestVersion'], to);
    return document.toString({ lineWidth: 0 });
  }
}
