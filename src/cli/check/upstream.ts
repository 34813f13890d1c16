import { InputError } from '../../diagnostics/diagnostic.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { databaseVariable } from '../../sources/manifest/database-variable.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import type { McpEntry } from '../../sources/manifest/mcp-source.js';
import type { SqlEntry } from '../../sources/manifest/sql-source.js';
import { withoutCredentials } from '../../sources/read/database-address.js';
import { createLoader } from '../../sources/read/loader.js';
import { isUrl } from '../../sources/read/read-url.js';
import { readReference } from '../../sources/reference.js';
import { settingIn } from '../../sources/read/setting-in.js';
import { readUpstreamNow } from '../../sources/upstream/read-live.js';
import { readDatabase } from '../../sources/sql/read-live.js';
import { hashOf } from '../../workspace/project-file.js';
import { readProjectFile } from '../../workspace/read-project.js';
import type { Session } from '../session.js';
import { finding, type Finding } from './findings.js';

export type Upstream = { id: string; url: string; moved: boolean };

/**
 * Reads every input again that came from an address or from a live database, and compares it with the pinned one as text.
 * Throws an InputError (MCP115, MCP849, MCP803 to MCP807, MCP861, MCP865) where one cannot be read: then it is not known whether it moved.
 */
export async function checkUpstream(
  session: Session,
  root: string,
  manifest: Manifest,
): Promise<{ upstream: Upstream[]; findings: Finding[] }> {
  const upstream: Upstream[] = [];
  const findings: Finding[] = [];
  for (const [id, source] of Object.entries(manifest.sources)) {
    const now =
      'openapi' in source
        ? await download(session, root, source)
        : 'sql' in source
          ? await introspect(session, id, source, manifest)
          : 'mcp' in source
            ? await listAgain(session, id, source)
            : undefined;
    if (now === undefined) continue;
    const { url, text, path } = now;
    const pinned = await readProjectFile(root, path);
    const moved = pinned === undefined || hashOf(pinned) !== hashOf(text);
    upstream.push({ id, url, moved });
    if (moved) findings.push(finding(path, 'MCP528', { id, url }));
  }
  return { upstream, findings };
}

/** An input as it is now; undefined where there is nowhere to ask. */
type Now = { url: string; text: string; path: string } | undefined;

async function download(
  { io, progress }: Session,
  root: string,
  { openapi, documentUrl }: { openapi: string; documentUrl?: string | undefined },
): Promise<Now> {
  if (documentUrl === undefined || !isUrl(documentUrl) || isUrl(openapi)) return undefined;
  progress.phase(`fetching ${documentUrl}`);
  const loader = createLoader({ base: root, cwd: io.cwd, signal: io.signal });
  const { text } = await loader.readEntry(documentUrl);
  return { url: documentUrl, text, path: openapi };
}

async function introspect(
  { io, progress }: Session,
  id: string,
  source: SqlEntry,
  { sources }: Manifest,
): Promise<Now> {
  if (source.live !== true) return undefined;
  const variable = databaseVariable(id, sources);
  const reference = readReference(source.database);
  const address = settingIn({ ...reference, env: variable }, io.env) ?? reference?.fallback;
  if (!address) throw new InputError([diagnostic('MCP849', { id, variable })]);
  const url = withoutCredentials(address);
  progress.phase(`reading the schema of ${url}`);
  return { url, text: await readDatabase(address, io.signal), path: source.sql };
}

async function listAgain({ io, progress }: Session, id: string, source: McpEntry): Promise<Now> {
  progress.phase(`connecting to ${id}`);
  const { text } = await readUpstreamNow(id, 'mcp:', source, io);
  return { url: 'mcp:', text, path: source.mcp };
}
