import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError, type Diagnostic } from '../../diagnostics/diagnostic.js';
import { ExitCode } from '../exit-codes.js';
import { during } from '../interrupts.js';
import { read } from '../pipe.js';
import { readPositionals, unreadable } from '../positionals.js';
import { refuseUnused } from '../refuse-unused.js';
import type { Session } from '../session.js';
import { draftManifest, openSource, type OpenedSource } from '../source-document.js';
import { reportInspection } from '../ui/report-inspection.js';

/** `inspect <source>`: the tools that would be made, their cost, and what is wrong with the document. Writes nothing. */
export async function inspect(session: Session): Promise<number> {
  const { args, io } = session;
  const { source, dir } = readPositionals(args.words, io.cwd);
  if (source === undefined && dir === undefined) {
    const usage = 'create-mcp-server inspect <file, address or ->';
    throw new InputError([diagnostic('MCP601', { what: 'the OpenAPI document', usage })]);
  }
  if (source === undefined) throw new InputError([unreadable(dir!, io.cwd)]);
  const document = await openSource(session, source);
  const { manifest, loader, isGiven } = await toInspect(session, document);
  const blueprint = await read(session, manifest, loader);
  if (!isGiven) refuseUnused(blueprint);
  const strict = await violationsOf(session, document);
  session.progress.done();
  const { findings } = blueprint;
  await reportInspection(session, document.shown, {
    ...blueprint,
    findings: [...findings, ...strict],
  });
  return ExitCode.ok;
}

async function toInspect(session: Session, document: OpenedSource) {
  if (document.kind === 'manifest') {
    const { openManifest } = await import('../given-manifest.js');
    return { ...(await openManifest(session, document)), isGiven: true };
  }
  const manifest = draftManifest(session, {
    document,
    source: document.shown,
    id: document.id,
    dir: document.id,
    transports: ['stdio'],
    include: session.args.include,
  });
  return { manifest, loader: document.loader, isGiven: false };
}

/** What of the document is against the specification though tools can be made of it. Loaded here, for no other command asks. */
async function violationsOf(
  { io, progress }: Session,
  { kind, input, loader }: OpenedSource,
): Promise<Diagnostic[]> {
  if (kind !== 'openapi') return [];
  progress.phase('validating');
  const { validateStrictly } = await import('../../sources/openapi/strict/validate-strictly.js');
  return during(io, 'waiting', () => validateStrictly(input, loader, io.signal));
}
