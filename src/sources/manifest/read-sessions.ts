import type { Sessions } from '../../blueprint/sessions.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { manifestFile, type Manifest } from './manifest.js';
import { sessionLimits } from './sessions.js';

/** Reads `serve.sessions`; sessions over stdio alone are told to have no effect (MCP780). */
export function readSessions(manifest: Manifest): { sessions?: Sessions; findings: Diagnostic[] } {
  const { sessions = false, transports } = manifest.serve;
  if (sessions === false) return { findings: [] };
  if (transports.includes('http'))
    return { sessions: sessions === true ? sessionLimits.parse({}) : sessions, findings: [] };
  const origin = { file: manifestFile(manifest), path: ['serve', 'sessions'] };
  return { findings: [diagnostic('MCP780', {}, { origin })] };
}
