import { diagnostic } from '../../diagnostics/catalog.js';
import type { Blueprint } from '../../blueprint/types.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import { parseManifest } from '../../sources/manifest/manifest.js';
import { applySteps } from '../../workspace/apply.js';
import { addDocument } from '../add/add-document.js';
import { addFolders } from '../add/add-folders.js';
import { addPrompt, addResource } from '../add/add-offer.js';
import { addTool } from '../add/add-tool.js';
import { addUpstream } from '../add/add-upstream.js';
import type { Addition, AddRequest } from '../add/addition.js';
import { followSeeds } from '../add/follow-seeds.js';
import { insertEntry } from '../add/insert-entry.js';
import { isKind, KINDS, type Kind } from '../add/kinds.js';
import { missing } from '../add/missing.js';
import { clashAsFlag } from '../add/clash-as-flag.js';
import { reportAddition } from '../add/report-addition.js';
import { ExitCode } from '../exit-codes.js';
import { findProject, openFolder, type Folder } from '../folder.js';
import { canAsk } from '../io.js';
import { lockAfter, openProject } from '../project.js';
import type { Session } from '../session.js';
import { refuseUnused } from '../refuse-unused.js';
import { usageError } from '../usage-error.js';

const ADD: Record<Kind, (request: AddRequest) => Promise<Addition>> = {
  openapi: (request) => addDocument('openapi', request),
  sql: (request) => addDocument('sql', request),
  filesystem: addFolders,
  mcp: addUpstream,
  tool: addTool,
  prompt: addPrompt,
  resource: addResource,
};

/** `add <kind> …`: one more entry in mcp.yaml, and what it makes. Exit code 1, and nothing written, while a conflict stands. */
export async function add(session: Session): Promise<number> {
  const { args, io, progress } = session;
  const [word, ...words] = args.words;
  if (word !== undefined && !isKind(word)) throw wrongKind(word);
  const folder = await openHere(session, word, words[0]);
  const manifest = parseManifest(folder.manifestText, folder.manifestFile);
  const ask = await questions(session);
  const kind = word ?? (await ask?.kind());
  if (kind === undefined) throw missing(`<${Object.keys(KINDS).join('|')}>`, 'what to add', '…');
  const addition = await ADD[kind]({ session, folder, manifest, words, ask });

  const { section, key, entry, taken } = addition;
  const manifestText = insertEntry(folder.manifestText, section, key, entry);
  session.addTexts((file) => (file === folder.manifestFile ? manifestText : undefined));
  const next = { ...folder, manifestText };
  const opened = await openProject(session, next, taken ? [taken] : []).catch((error: unknown) =>
    Promise.reject(clashAsFlag(error, addition)),
  );
  refuseUnused(findingsOf(opened.blueprint, addition));
  const project = { ...opened, steps: followSeeds(opened, key) };
  const hasConflict = project.steps.some(({ action }) => action === 'conflict');
  const isWritten = !hasConflict && !args.dryRun;
  if (isWritten) {
    progress.phase('writing files');
    const lock = lockAfter(session, project);
    const { lockText } = project;
    const { signal } = io;
    const { root, steps, rendered } = project;
    await applySteps(root, steps, rendered, { lock, decidedOn: { lockText }, signal });
  }
  await reportAddition(session, project, { kind, addition, isWritten });
  return hasConflict ? ExitCode.findings : ExitCode.ok;
}

/** What was found in the document that is added: other sources may have selectors without use. */
function findingsOf({ findings }: Blueprint, { taken }: Addition): Pick<Blueprint, 'findings'> {
  const files = new Set(taken?.loader.texts().map(({ file }) => file));
  return { findings: findings.filter(({ origin }) => origin && files.has(origin.file)) };
}

/** The project of --dir, or the one that the working directory lies in. */
async function openHere(session: Session, kind?: string, source?: string): Promise<Folder> {
  const { args, io } = session;
  try {
    const dir = args.add.dir ?? findProject('.', io.cwd).dir;
    return await openFolder(session, dir);
  } catch (error) {
    const isNone = error instanceof InputError && error.diagnostics[0]?.code === 'MCP506';
    if (!isNone) throw error;
    const isDocument = source !== undefined && (kind === 'openapi' || kind === 'sql');
    const fields = { dir: args.add.dir ?? 'this folder' };
    throw new InputError([diagnostic('MCP519', { ...fields, ...(isDocument && { source }) })]);
  }
}

async function questions(session: Session) {
  if (!canAsk(session.io, session.args.yes) || session.args.json) return undefined;
  const { createAddQuestions } = await import('../add/add-questions.js');
  return createAddQuestions(session);
}

function wrongKind(word: string): InputError {
  const suggestion = closest(word, Object.keys(KINDS));
  const known = Object.keys(KINDS).join(', ');
  const meant = suggestion === undefined ? `there are ${known}` : `did you mean ${suggestion}?`;
  return usageError(`"${word}" cannot be added; ${meant}`);
}
