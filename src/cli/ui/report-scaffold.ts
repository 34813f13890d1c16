import { join } from 'node:path';
import { listCost, type ListCost } from '../../blueprint/list-cost.js';
import type { Blueprint, Source } from '../../blueprint/types.js';
import { settingsOf } from '../../project/settings.js';
import type { Step } from '../../workspace/reconcile.js';
import type { Session } from '../session.js';
import type { PackageManager } from '../setup.js';
import type { Choices } from '../source-document.js';
import { costAdvice } from './cost-advice.js';
import { countActions, writtenSteps } from './actions.js';
import { diagnosticJson, printJson, skippedJson } from './json.js';
import { countFindings, notableFindings } from './notable-findings.js';
import { plural, skippedLines } from './report-skipped.js';
import { inspectCommand, repeatCommand, shellWord } from './shell.js';

export type ScaffoldResult = {
  choices: Choices;
  blueprint: Blueprint;
  steps: readonly Step[];
  seconds: number;
  manager: PackageManager;
  /** Whether installing was asked for, by a flag or an answer. */
  install: boolean;
  /** Undefined where nothing was installed. */
  installed: boolean | undefined;
};

/** Says what was made, what was left out, what it costs, and how to go on and to repeat it. */
export async function reportScaffold(session: Session, result: ScaffoldResult): Promise<void> {
  const cost = listCost(result.blueprint);
  if (session.args.json) return reportJson(session, result, cost);
  if (!session.args.quiet) await reportText(session, result, cost);
}

async function reportJson(session: Session, result: ScaffoldResult, cost: ListCost): Promise<void> {
  const { blueprint, choices, steps } = result;
  const printer = await session.printer('stdout');
  printJson(session.io, {
    ok: true,
    command: 'scaffold',
    dryRun: session.args.dryRun,
    dir: choices.dir,
    name: blueprint.server.name,
    source: choices.source,
    ...cost,
    files: writtenSteps(steps).map(({ path, action }) => ({ path, action })),
    skipped: blueprint.skipped.map((skipped) => skippedJson(skipped, printer)),
    findings: blueprint.findings.map((finding) => diagnosticJson(finding, printer)),
    installed: result.installed ?? false,
    next: nextCommands(result),
    repeat: repeatCommand(session.args, { ...choices, install: result.install }),
    seconds: Math.round(result.seconds * 100) / 100,
  });
}

function whyNoTools({ include, exclude }: Session['args']): string {
  return include.length + exclude.length > 0
    ? 'it has no tools: check --include and --exclude'
    : 'it has no tools: the source describes nothing to call (webhooks are requests that the API makes)';
}

async function reportText(session: Session, result: ScaffoldResult, cost: ListCost): Promise<void> {
  const { blueprint, choices, steps, seconds } = result;
  const { args, io } = session;
  const files = writtenSteps(steps).length;
  const made = args.dryRun ? 'would hold' : 'holds';
  const lines = [
    `${choices.dir} ${made} an MCP server with ${plural(cost.tools, 'tool')}: ` +
      `${plural(files, 'file')} in ${seconds.toFixed(1)} s`,
    costLine(cost),
    ...costAdvice(blueprint, cost),
  ];
  if (cost.tools === 0) lines.push(whyNoTools(args));
  const forced = steps.filter((step) => step.reason.startsWith('forced'));
  if (forced.length > 0) {
    const verb = args.dryRun ? 'would overwrite' : 'overwrote';
    lines.push(
      '',
      `${verb} ${plural(forced.length, 'file')}`,
      ...forced.map(({ path }) => `  ${path}`),
    );
  }
  if (args.dryRun) lines.push('', ...countActions(steps), 'dry run: nothing was written');
  if (blueprint.skipped.length > 0)
    lines.push('', ...skippedLines(blueprint.skipped, blueprint.sources));
  lines.push(...(await findingLines(session, result)));
  if (!args.dryRun)
    lines.push('', 'next', ...nextCommands(result).map((command) => `  ${command}`));
  lines.push(
    '',
    'to repeat this',
    `  ${repeatCommand(args, { ...choices, install: result.install })}`,
  );
  io.stdout.write(`${lines.join('\n')}\n`);
}

function costLine({ tokens, atStart }: ListCost): string {
  if (atStart === undefined) return `its tool list costs about ${plural(tokens, 'token')}`;
  const first = `${plural(atStart.tools, 'tool')} at the start, about ${plural(atStart.tokens, 'token')}`;
  return `its tool list holds ${first}; with every toolset on about ${plural(tokens, 'token')}`;
}

/** The findings that matter most by name, everything else as a count, and where the rest is. */
async function findingLines(session: Session, { blueprint, choices }: ScaffoldResult) {
  const { findings } = blueprint;
  if (findings.length === 0) return [];
  const printer = await session.printer('stdout');
  const shown = notableFindings(findings);
  const more = findings.length - shown.length;
  const count = shown.length > 0 ? `${more.toLocaleString('en')} more, ` : '';
  return [
    '',
    `findings in the ${sourceWord(blueprint)}: ${countFindings(findings)}`,
    ...shown.map((finding) => `  ${printer.line(finding)}`),
    ...(more > 0 ? [`  ${count}shown by ${inspectCommand(session.args, choices)}`] : []),
  ];
}

const WORDS: Partial<Record<Source['kind'], string>> = { http: 'document', sql: 'schema' };

/** What the findings are about. */
function sourceWord({ sources }: Blueprint): string {
  const words = new Set(sources.map(({ kind }) => WORDS[kind] ?? 'sources'));
  const [word = 'sources'] = words;
  return words.size === 1 ? word : 'sources';
}

function nextCommands({ blueprint, choices, manager, installed }: ScaffoldResult): string[] {
  const folder = join(choices.dir);
  const enter = folder === '.' ? [] : [`cd ${shellWord(folder)}`];
  const install = installed === true ? [] : [`${manager} install`];
  const first = [...enter, ...install].join(' && ');
  const required = settingsOf(blueprint).filter((setting) => setting.required);
  const names = required.map(({ env }) => env).join(', ');
  const hasDatabase = blueprint.sources.some(({ kind }) => kind === 'sql');
  const run =
    manager === 'npm' ? 'npm run build && npm start' : `${manager} run build && ${manager} start`;
  return [
    ...(first === '' ? [] : [first]),
    ...(names === '' ? [] : [`cp .env.example .env  # then set ${names} in it`]),
    ...(hasDatabase
      ? [`${manager} run demo  # calls every tool on made-up rows; needs no database`]
      : []),
    run,
  ];
}
