import {
  countInvisible,
  modelLine,
  modelText,
  suspiciousInstruction,
} from '../../blueprint/model-text.js';
import type { Context } from './context.js';
import type { Operation } from './operation.js';

/** Longest title and description of a tool, in characters. */
const MAX_TITLE = 80;
const MAX_TEXT = 400;

/**
 * Title and description of a tool: the purpose in one line first, then what a caller must know. Text that hides characters
 * or gives orders to the reader is reported.
 */
export function describeOperation(
  context: Context,
  operation: Operation,
  tool: string,
): { title: string; description: string } {
  const { summary = '', description = '' } = operation;
  // The name becomes a title where there is no summary.
  const named = operation.id === undefined ? '' : words(operation.id);
  inspectText(context, operation, `${named}.\n${summary}\n${description}`);
  const purpose = modelLine(summary, 200);
  const details = modelText(description, MAX_TEXT);
  const name = operation.id === undefined ? `${operation.method} ${operation.path}` : words(tool);
  const title = modelLine(unmarked(purpose === '' ? name : purpose), MAX_TITLE).replace(/\.$/, '');
  if (purpose === '' && details === '') {
    context.findings.add(
      'MCP204',
      { what: `${operation.method} ${operation.path}` },
      operation.node,
    );
    return {
      title,
      // Where the title is method and path already, the name says them in words.
      description: `${operation.id === undefined ? words(tool) : title} (${operation.method} ${modelLine(operation.path, 120)})`,
    };
  }
  return { title, description: deprecated(operation) + together(purpose, details) };
}

function inspectText(context: Context, operation: Operation, text: string): void {
  const what = `${operation.method} ${operation.path}`;
  const count = countInvisible(text);
  if (count > 0) context.findings.add('MCP402', { what, count }, operation.node);
  const order = suspiciousInstruction(text);
  if (order !== undefined) context.findings.add('MCP401', { what, text: order }, operation.node);
}

function together(purpose: string, details: string): string {
  if (purpose === '') return details;
  const bare = (text: string): string =>
    text
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
      .toLowerCase();
  if (details === '' || bare(purpose) === bare(details)) return purpose;
  if (bare(details).startsWith(bare(purpose))) return details;
  const isHeading = /^#{1,6} /.test(details);
  return `${/[.!?:]$/.test(purpose) ? purpose : `${purpose}.`}${isHeading ? '\n\n' : ' '}${details}`;
}

/** Without the Markdown of emphasis and code: titles are shown as they are. */
function unmarked(line: string): string {
  return line.replaceAll(/(?<![\w*])(\*{1,3}|`{1,2})(?=\S)([^*`]*[^\s*`])\1(?![\w*])/g, '$2');
}

function deprecated(operation: Operation): string {
  return operation.deprecated ? 'Deprecated. ' : '';
}

/** `issues/list-for-repo`, `getPetById` → `Issues list for repo`, `Get pet by id`. */
function words(id: string): string {
  const text = id
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return text === '' ? id : (text[0]?.toUpperCase() ?? '') + text.slice(1).toLowerCase();
}
