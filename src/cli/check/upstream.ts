import { createLoader } from '../../sources/read/loader.js';
import { isUrl } from '../../sources/read/read-url.js';
import type { Manifest } from '../../sources/manifest/manifest.js';
import { hashOf } from '../../workspace/project-file.js';
import { readProjectFile } from '../../workspace/read-project.js';
import type { Session } from '../session.js';
import { finding, type Finding } from './findings.js';

export type Upstream = { id: string; url: string; moved: boolean };

/**
 * Fetches the document of every input that came from an address, and compares it with the pinned one as text. Throws an
 * InputError (MCP115) where one cannot be fetched: then it is not known whether it moved.
 */
export async function checkUpstream(
  { io, progress }: Session,
  root: string,
  manifest: Manifest,
): Promise<{ upstream: Upstream[]; findings: Finding[] }> {
  const upstream: Upstream[] = [];
  const findings: Finding[] = [];
  for (const [id, source] of Object.entries(manifest.sources)) {
    if (!('openapi' in source)) continue;
    const { openapi, documentUrl } = source;
    if (documentUrl === undefined || !isUrl(documentUrl) || isUrl(openapi)) continue;
    progress.phase(`fetching ${documentUrl}`);
    const loader = createLoader({ base: root, cwd: io.cwd, signal: io.signal });
    const { text } = await loader.readEntry(documentUrl);
    const pinned = await readProjectFile(root, openapi);
    const moved = pinned === undefined || hashOf(pinned) !== hashOf(text);
    upstream.push({ id, url: documentUrl, moved });
    if (moved) findings.push(finding(openapi, 'MCP528', { id, url: documentUrl }));
  }
  return { upstream, findings };
}
