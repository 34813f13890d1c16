import { describeBinding, requestOf } from '../../blueprint/binding.js';
import { listCost, tokensOf, type ListCost } from '../../blueprint/list-cost.js';
import { toolList } from '../../blueprint/surface.js';
import type { Blueprint, JsonSchema, Tool } from '../../blueprint/types.js';
import { oneLine } from '../../diagnostics/visible.js';
import { bySeverity, type Session } from '../session.js';
import { costAdvice } from './cost-advice.js';
import { databaseJson, databaseLines } from './inspected-database.js';
import { diagnosticJson, printJson, skippedJson } from './json.js';
import { plural, skippedLines } from './report-skipped.js';
import { wrapped } from './wrapped.js';

/** Widest line of the report. */
const WIDTH = 100;
/** Findings shown with their frame; the rest is counted by code. */
const MAX_FRAMES = 10;

type Inspected = { tool: Tool; tokens: number; arguments: Argument[] };
type Argument = { name: string; type: string; required: boolean };

/** Prints the inspection as text or as one JSON object. */
export async function reportInspection(
  session: Session,
  source: string,
  blueprint: Blueprint,
): Promise<void> {
  const listed = new Map(toolList(blueprint).map((tool) => [tool.name, tool]));
  const tools = blueprint.tools.flatMap((tool): Inspected[] => {
    const shown = listed.get(tool.name);
    // Tools that other tools are made of are not listed.
    if (shown === undefined) return [];
    return [{ tool, tokens: tokensOf(shown), arguments: argumentsOf(shown.inputSchema) }];
  });
  const cost = listCost(blueprint);
  if (session.args.json) return reportJson(session, source, blueprint, tools, cost);
  const lines = [
    `${oneLine(blueprint.server.title)}: ${counted(cost)}`,
    ...atStartLine(cost),
    ...costAdvice(blueprint, cost),
    ...blueprint.sources.flatMap((source) =>
      source.kind === 'sql' ? databaseLines(source, WIDTH) : [],
    ),
    ...groupLines(tools),
    ...indentedSection(skippedLines(blueprint.skipped, blueprint.sources)),
    ...(await findingLines(session, blueprint)),
  ];
  session.io.stdout.write(`${lines.join('\n')}\n`);
}

function atStartLine({ atStart }: ListCost): string[] {
  return atStart ? [`listed at the start, with the toolsets that are on: ${counted(atStart)}`] : [];
}

function counted({ tools, tokens }: { tools: number; tokens: number }): string {
  return `${plural(tools, 'tool')}, about ${plural(tokens, 'token')}`;
}

function groupLines(tools: readonly Inspected[]): string[] {
  const groups = new Map<string, Inspected[]>();
  for (const inspected of tools) {
    const { group } = inspected.tool;
    const members = groups.get(group);
    if (members) members.push(inspected);
    else groups.set(group, [inspected]);
  }
  return [...groups].flatMap(([group, members]) => {
    const tokens = members.reduce((sum, member) => sum + member.tokens, 0);
    const title = cut(`${oneLine(group)} (${plural(members.length, 'tool')})`, WIDTH - 20);
    return ['', withTokens(title, tokens), ...members.flatMap(toolLines)];
  });
}

function toolLines({ tool, tokens, arguments: args }: Inspected): string[] {
  const request = oneLine(describeBinding(tool));
  const lines = [withTokens(cut(`  ${tool.name}  ${request}`, WIDTH - 16), tokens)];
  const names = args.map(({ name, type, required }, index) => {
    const comma = index < args.length - 1 ? ',' : '';
    return cut(`${name}${required ? '' : '?'}: ${type}`, WIDTH - 8) + comma;
  });
  return [...lines, ...wrapped(names, WIDTH - 6).map((line) => `      ${line}`)];
}

function withTokens(text: string, tokens: number): string {
  return `${text} ${plural(tokens, 'token').padStart(WIDTH - text.length - 1)}`;
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

function argumentsOf(schema: JsonSchema): Argument[] {
  const properties = schema['properties'];
  if (typeof properties !== 'object' || properties === null) return [];
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).map(([name, value]) => ({
    name: oneLine(name),
    type: typeOf(value),
    required: required.includes(name),
  }));
}

function typeOf(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'any';
  const { type, enum: values, $ref: ref, anyOf, oneOf } = schema as JsonSchema;
  if (Array.isArray(values)) return 'enum';
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.join('|');
  if (typeof ref === 'string') return oneLine(ref.slice(ref.lastIndexOf('/') + 1));
  return Array.isArray(anyOf) || Array.isArray(oneOf) ? 'union' : 'any';
}

function indentedSection(lines: string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines.flatMap((line) => folded(line))];
}

async function findingLines(session: Session, { findings }: Blueprint): Promise<string[]> {
  if (findings.length === 0) return [];
  const printer = await session.printer('stdout');
  const sorted = bySeverity(findings);
  const lines = ['', plural(findings.length, 'finding')];
  for (const finding of sorted.slice(0, MAX_FRAMES)) lines.push('', printer.full(finding));
  const rest = new Map<string, number>();
  for (const { code } of sorted.slice(MAX_FRAMES)) rest.set(code, (rest.get(code) ?? 0) + 1);
  if (rest.size > 0)
    lines.push(
      '',
      `${(sorted.length - MAX_FRAMES).toLocaleString('en')} more; --json has all of them`,
    );
  for (const [code, count] of rest) {
    const example = sorted.slice(MAX_FRAMES).find((finding) => finding.code === code)!;
    lines.push(cut(`  ${count} × ${code}, e.g. ${example.message}`, WIDTH));
  }
  return lines;
}

function folded(line: string): string[] {
  const indent = /^ */.exec(line)![0];
  return wrapped(line.trim().split(' '), WIDTH - indent.length - 2).map(
    (part, index) => `${indent}${index === 0 ? '' : '  '}${part}`,
  );
}

async function reportJson(
  session: Session,
  source: string,
  blueprint: Blueprint,
  tools: readonly Inspected[],
  { tokens: allTokens, atStart }: ListCost,
): Promise<void> {
  const printer = await session.printer('stdout');
  printJson(session.io, {
    ok: true,
    command: 'inspect',
    source,
    title: blueprint.server.title,
    tokens: allTokens,
    ...(atStart && { atStart }),
    tools: tools.map(({ tool, tokens, arguments: args }) => ({
      name: tool.name,
      title: tool.title,
      description: tool.description,
      group: tool.group,
      does: describeBinding(tool),
      ...requestJson(tool),
      tokens,
      arguments: args,
    })),
    ...databasesJson(blueprint),
    skipped: blueprint.skipped.map((skipped) => skippedJson(skipped, printer)),
    findings: bySeverity(blueprint.findings).map((finding) => diagnosticJson(finding, printer)),
  });
}

function requestJson(tool: Tool): { method?: string; path?: string } {
  const request = requestOf(tool);
  return request === undefined ? {} : { method: request.method, path: request.path };
}

function databasesJson({ sources }: Blueprint): object {
  const databases = sources.flatMap((source) =>
    source.kind === 'sql' ? [databaseJson(source)] : [],
  );
  return databases.length === 0 ? {} : { databases };
}
