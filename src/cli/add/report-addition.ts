import { join } from 'node:path';
import type { Kind } from './kinds.js';
import { needsInstall } from '../needs-install.js';
import type { ProjectState } from '../project.js';
import type { Session } from '../session.js';
import { plural } from '../ui/report-skipped.js';
import { reportSteps } from '../ui/report-steps.js';
import { shellWord } from '../ui/shell.js';
import type { Addition } from './addition.js';

type Added = { kind: Kind; addition: Addition; isWritten: boolean };

/** Says what was added, how the tools and files changed, and what to do next. */
export async function reportAddition(
  session: Session,
  project: ProjectState,
  { kind, addition, isWritten }: Added,
): Promise<void> {
  const { section, key } = addition;
  const added = (project.changes ?? [])
    .filter(({ code }) => code === 'tool-added')
    .map(({ tool }) => tool);
  const next = nextSteps(project, addition);
  const hasTools = section === 'sources' || section === 'tools';
  const tools = hasTools ? `: ${plural(added.length, 'tool')}` : '';
  const verb = isWritten ? 'added' : 'would add';
  await reportSteps(session, project, {
    mode: isWritten ? 'done' : 'would',
    before: [`${verb} ${section}.${key} (${kind})${tools}`, ''],
    after: isWritten ? ['', 'next', ...next.map((line) => `  ${line}`)] : [],
    facts: { kind, id: key, added, next },
  });
}

function nextSteps(project: ProjectState, { section, key, entry }: Addition): string[] {
  const { dir, blueprint } = project;
  const enter = dir === '.' ? '' : `cd ${shellWord(join(dir))} && `;
  const source = blueprint.sources.find(({ id }) => section === 'sources' && id === key);
  const required = (source?.settings ?? []).filter((setting) => setting.required);
  const names = required.map(({ env }) => env).join(', ');
  const handler = 'handler' in entry ? String(entry.handler) : undefined;
  return [
    ...(names === '' ? [] : [`set ${names} where the server runs; see .env.example`]),
    ...(handler === undefined ? [] : [`write ${handler}`]),
    ...(needsInstall(project) ? [`${enter}npm install`] : []),
    `${enter}npm run build && npm test`,
  ];
}
