import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { mergeMarkerLine } from '../../workspace/merge-markers.js';
import { readProjectFile } from '../../workspace/read-project.js';

const ACCEPTED = 'mcp.accepted.json';

/**
 * Changes that somebody has approved: id → why. Written by hand as `{ "accepted": { "1a2b…": "all callers moved" } }`;
 * none where there is no such file. Throws an InputError (MCP515).
 */
export async function readAccepted(root: string): Promise<Map<string, string>> {
  const text = await readProjectFile(root, ACCEPTED);
  if (text === undefined) return new Map();
  const { accepted } = parsed(text);
  if (typeof accepted !== 'object' || accepted === null || Array.isArray(accepted)) {
    throw broken('it has no object "accepted"');
  }
  for (const [id, why] of Object.entries(accepted)) {
    if (!/^[0-9a-f]{6,64}$/.test(id)) throw broken(`"${id}" is not the id of a change`);
    if (typeof why !== 'string' || why.trim() === '') throw broken(`${id} says no reason`);
  }
  return new Map(Object.entries(accepted as Record<string, string>));
}

function parsed(text: string): { accepted?: unknown } {
  try {
    return (JSON.parse(text.replace(/^\ufeff/, '')) ?? {}) as { accepted?: unknown };
  } catch {
    const line = mergeMarkerLine(text);
    throw broken(line === undefined ? 'it is not JSON' : `it holds merge marks, line ${line}`);
  }
}

function broken(why: string): InputError {
  return new InputError([diagnostic('MCP515', { why })]);
}
