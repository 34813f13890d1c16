import { join } from 'node:path';
import { estimateTokens, toolList } from '../../blueprint/surface.js';
import type { Blueprint } from '../../blueprint/types.js';
import type { Step } from '../../workspace/reconcile.js';
import type { Session } from '../session.js';
import type { PackageManager } from '../setup.js';
import type { Choices } from '../source-document.js';
import { countActions, writtenSteps } from './actions.js';
import { diagnosticJson, printJson, skippedJson } from './json.js';
import { plural, skippedLines } from './report-skipped.js';
import { repeatCommand, shellWord } from './shell.js';

export type ScaffoldResult = {
  choices: Choices;
  blueprint: Blueprint;
  steps: readonly Step[];
  seconds: number;
  manager: PackageManager;
  /** Undefined where it was not asked for. */
  installed: boolean | undefined;
};

/** Says what was made, what was left out, what it costs, and how to go on and to repeat it. */
export async function reportScaffold(session: Session, result: ScaffoldResult): Promise<void> {
  const tokens = estimateTokens(JSON.stringify(toolList(result.blueprint)));
  if (session.args.json) return reportJson(session, result, tokens);
  if (!session.args.quiet) await reportText(session, result, tokens);
}

async function reportJson(session: Session, result: ScaffoldResult, tokens: number): Promise<void> {
  const { blueprint, choices, steps } = result;
  const printer = await session.printer('stdout');
  printJson(session.io, {
    ok: true,
    command: 'scaffold',
    dryRun: session.args.dryRun,
    dir: choices.dir,
    name: blueprint.server.name,
    source: choices.source,
    tools: blueprint.tools.length,
    tokens,
    files: writtenSteps(steps).map(({ path, action }) => ({ path, action })),
    skipped: blueprint.skipped.map((skipped) => skippedJson(skipped, printer)),
    findings: blueprint.findings.map((finding) => diagnosticJson(finding, printer)),
    installed: result.installed ?? false,
    next: nextCommands(result),
    repeat: repeatCommand(session.args, choices),
    seconds: Math.round(result.seconds * 100) / 100,
  });
}

async function reportText(session: Session, result: ScaffoldResult, tokens: number): Promise<void> {
  const { blueprint, choices, steps, seconds } = result;
  const { args, io } = session;
  const files = writtenSteps(steps).length;
  const made = args.dryRun ? 'would hold' : 'holds';
  const lines = [
    `${choices.dir} ${made} an MCP server with ${plural(blueprint.tools.length, 'tool')}: ` +
      `${plural(files, 'file')} in ${seconds.toFixed(1)} s`,
    `its tool list costs about ${plural(tokens, 'token')}`,
  ];
  if (blueprint.tools.length === 0) lines.push('it has no tools: check --include and --exclude');
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
  if (blueprint.skipped.length > 0) lines.push('', ...skippedLines(blueprint.skipped));
  lines.push(...(await findingLines(session, result)));
  if (!args.dryRun)
    lines.push('', 'next', ...nextCommands(result).map((command) => `  ${command}`));
  lines.push('', 'to repeat this', `  ${repeatCommand(args, choices)}`);
  io.stdout.write(`${lines.join('\n')}\n`);
}

const MAX_ERRORS = 5;

/** Errors in the document by name, everything else as a count. */
async function findingLines(session: Session, { blueprint, choices }: ScaffoldResult) {
  const { findings } = blueprint;
  if (findings.length === 0) return [];
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  const hints = findings.length - errors.length - warnings.length;
  const counts = [
    errors.length > 0 && plural(errors.length, 'error'),
    warnings.length > 0 && plural(warnings.length, 'warning'),
    hints > 0 && plural(hints, 'hint'),
  ].filter((count) => count !== false);
  const lines = ['', `findings in the document: ${counts.join(', ')}`];
  if (errors.length > 0) {
    const printer = await session.printer('stdout');
    lines.push(...errors.slice(0, MAX_ERRORS).map((error) => `  ${printer.line(error)}`));
    if (errors.length > MAX_ERRORS) lines.push(`  and ${errors.length - MAX_ERRORS} more`);
  }
  const source = choices.source === '-' ? choices.dir : choices.source;
  if (choices.source !== '-')
    lines.push(`  all of them: npx create-mcp-server inspect ${shellWord(source)}`);
  return lines;
}

function nextCommands({ choices, manager, installed }: ScaffoldResult): string[] {
  const enter = `cd ${shellWord(join(choices.dir))}`;
  const run =
    manager === 'npm' ? 'npm run build && npm start' : `${manager} run build && ${manager} start`;
  return installed === true ? [enter, run] : [`${enter} && ${manager} install`, run];
}
