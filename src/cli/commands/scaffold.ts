import { basename, resolve } from 'node:path';
import type { Blueprint } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { writeManifest, type Manifest } from '../../sources/manifest/manifest.js';
import { withInput, type SourceEntry } from '../../sources/manifest/sources.js';
import { applySteps } from '../../workspace/apply.js';
import { nextLock } from '../../workspace/next-lock.js';
import { foreignEntries } from '../../workspace/read-project.js';
import { ExitCode } from '../exit-codes.js';
import { canAsk, Cancelled } from '../io.js';
import { pinSource } from '../pin-sources.js';
import { decide, read, render, type Inputs } from '../pipe.js';
import { readPositionals, type Positionals } from '../positionals.js';
import { refusedBySystem, requireWritable } from '../refused-by-system.js';
import { refuseUnused } from '../refuse-unused.js';
import type { Session } from '../session.js';
import { chooseManager, installDependencies, startRepository } from '../setup.js';
import {
  draftManifest,
  openSource,
  pinnedEntry,
  type Choices,
  type OpenedSource,
} from '../source-document.js';
import { lockedTools } from '../surface/surface.js';
import { reportScaffold, type ScaffoldResult } from '../ui/report-scaffold.js';

/** `create-mcp-server [source] [dir]`: makes a project, or says what it would make. */
export async function scaffold(session: Session): Promise<number> {
  const { args, io } = session;
  const start = performance.now();
  const choices = await choose(session);
  const root = resolve(io.cwd, choices.dir);
  await requireEmpty(session, root, choices.dir);

  const { given } = choices;
  const loader = given?.loader ?? choices.document.loader;
  const draft = given?.manifest ?? draftManifest(session, choices);
  let blueprint = await read(session, draft, loader);
  if (!given) refuseUnused(blueprint);
  const include = given ? [] : await choices.ask?.tools(blueprint);
  if (include && include.length > 0) {
    draft.sources[choices.id] = { ...draft.sources[choices.id]!, include } as SourceEntry;
    choices.include = include;
    blueprint = await read(session, draft, loader);
  }
  const install = choices.ask ? await choices.ask.install(args.install) : args.install === true;

  const inputs = given ? await given.pin(blueprint) : pinDrafted(choices, draft, blueprint);
  const generated = await render(session, blueprint, inputs);
  const rendered = given ? await given.withOwnFiles(generated) : generated;
  const { lock, lockText, steps } = await decide(session, root, rendered);
  if (!args.dryRun) {
    session.progress.phase('writing files');
    // What lies beside a manifest is the user's work on what is generated.
    const next = nextLock(lock, steps, generated, session.version, {
      tools: lockedTools(blueprint),
    });
    const { signal } = io;
    await applySteps(root, steps, rendered, { lock: next, decidedOn: { lockText }, signal });
    await given?.copyFiles(root);
  }
  session.progress.done();
  const manager = chooseManager(session);
  const installed =
    install && !args.dryRun && !io.signal.aborted
      ? await installDependencies(session, root, manager)
      : undefined;
  if (args.git && !args.dryRun && !io.signal.aborted) await startRepository(session, root);
  if (io.signal.aborted && !args.dryRun) throw new Cancelled(`but ${choices.dir} is written`);

  const seconds = (performance.now() - start - (choices.ask?.waited() ?? 0)) / 1000;
  const result: ScaffoldResult = {
    choices,
    blueprint,
    steps,
    seconds,
    manager,
    install,
    installed,
  };
  await reportScaffold(session, result);
  return installed === false ? ExitCode.unable : ExitCode.ok;
}

/** From the command line, or asked for on a terminal. Throws an InputError (MCP601) where neither says what is needed. */
async function choose(session: Session): Promise<Choices> {
  const { args, io } = session;
  const given = readPositionals(args.words, io.cwd);
  if (canAsk(io, args.yes) && !args.json) {
    const { createQuestions } = await import('../ui/prompts.js');
    const ask = createQuestions(session);
    const source = given.source ?? (await ask.source());
    const document = await openSource(session, source);
    if (document.kind === 'manifest')
      return { ...(await byManifest(session, document, given)), ask };
    const dir = given.dir ?? (await ask.directory(`${document.id}-mcp`));
    const transports = args.transports ?? (await ask.transports());
    return {
      source: document.shown,
      document,
      id: document.id,
      dir,
      transports,
      include: args.include,
      ask,
    };
  }
  if (given.source === undefined) {
    const usage = 'create-mcp-server <file, address or -> [directory]';
    const taken = given.dir === undefined ? '' : ` (${given.dir} was taken as the folder)`;
    const what = `the OpenAPI document or SQL schema${taken}`;
    throw new InputError([diagnostic('MCP601', { what, usage })]);
  }
  const document = await openSource(session, given.source);
  if (document.kind === 'manifest') return byManifest(session, document, given);
  return {
    source: document.shown,
    document,
    id: document.id,
    dir: given.dir ?? `${document.id}-mcp`,
    transports: args.transports ?? ['stdio', 'http'],
    include: args.include,
  };
}

async function byManifest(
  session: Session,
  document: OpenedSource,
  { dir }: Positionals,
): Promise<Choices> {
  const { openManifest } = await import('../given-manifest.js');
  const given = await openManifest(session, document);
  const { manifest } = given;
  return {
    source: document.shown,
    document,
    id: document.id,
    dir: dir ?? basename(manifest.name),
    transports: manifest.serve.transports,
    include: [],
    given,
  };
}

function pinDrafted(choices: Choices, draft: Manifest, blueprint: Blueprint): Inputs {
  const { id, document } = choices;
  const { entry, loader, isFolder } = document;
  const pinned = pinSource(id, entry, loader.texts(), isFolder);
  const source = pinnedEntry(withInput(draft.sources[id]!, pinned.entry), blueprint);
  const manifestText = writeManifest({ ...draft, sources: { [id]: source } });
  return { manifestText, specs: pinned.specs };
}

async function requireEmpty({ args }: Session, root: string, dir: string): Promise<void> {
  const entries = await foreignEntries(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTDIR') throw refusedBySystem(error, dir) ?? error;
    throw new InputError([diagnostic('MCP507', { dir, why: 'it is a file' })]);
  });
  if (!args.dryRun) await requireWritable(root, dir);
  if (entries.length === 0 || args.force) return;
  if (entries.includes('mcp.lock.json')) throw new InputError([diagnostic('MCP508', { dir })]);
  const examples = entries.slice(0, 3).join(', ') + (entries.length > 3 ? ', …' : '');
  throw new InputError([diagnostic('MCP504', { dir, examples })]);
}
