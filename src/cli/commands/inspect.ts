import { ExitCode } from '../exit-codes.js';
import { read } from '../pipe.js';
import { readPositionals } from '../positionals.js';
import { refuseUnused } from '../refuse-unused.js';
import type { Session } from '../session.js';
import { draftManifest, openSource } from '../source-document.js';
import { reportInspection } from '../ui/report-inspection.js';
import { usageError } from '../usage-error.js';

/** `inspect <source>`: the tools that would be made, their cost, and what is wrong with the document. Writes nothing. */
export async function inspect(session: Session): Promise<number> {
  const { args, io } = session;
  const { source, dir } = readPositionals(args.words, io.cwd);
  if (source === undefined) throw usageError(`${dir} is not a file or an address`);
  const document = await openSource(session, source);
  const manifest = draftManifest(session, {
    source,
    id: document.id,
    dir: document.id,
    transports: ['stdio'],
    include: args.include,
  });
  const blueprint = await read(session, manifest, document.loader);
  refuseUnused(blueprint);
  session.progress.done();
  await reportInspection(session, source, blueprint);
  return ExitCode.ok;
}
