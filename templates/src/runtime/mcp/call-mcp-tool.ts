import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Outcome } from '../calls/answer.js';
import type { CallExtra } from '../backend.js';
import { cleanText } from '../http/clean-text.js';
import { log, redact } from '../log.js';
import type { Progress } from '../calls/progress.js';
import { cleanBlock, cleanValue, newCleaning } from './clean-value.js';
import { isAnswer, isLost, isTimeout, reasonOf, UpstreamError } from './failures.js';
import type { UpstreamLink } from './link.js';
import type { McpTool } from './mcp-tool.js';
import type { Session } from './session.js';
import { refusalOf } from './verify.js';

export type CallMcpToolOptions = {
  link: UpstreamLink;
  signal: AbortSignal;
  maxResultChars: number;
  extra: CallExtra;
};

/** Calls the tool there. Never rejects: what went wrong is said in an error result. */
export async function callMcpTool(
  tool: McpTool,
  args: Record<string, unknown>,
  { link, signal, maxResultChars, extra }: CallMcpToolOptions,
): Promise<Outcome> {
  const { upstream } = link;
  const run = async (session: Session): Promise<CallToolResult> => {
    const refusal = await refusalOf(session, upstream, 'tool', tool.mcp.tool);
    if (refusal !== undefined) return failure(`${tool.name} was not called: ${refusal}`);
    const definition = await session.listed('tool', tool.mcp.tool);
    const result = await session.client.callTool(
      { name: tool.mcp.tool, arguments: renamed(args, tool.mcp.rename) },
      {
        signal,
        timeout: upstream.timeoutMs,
        // Results are handed on; the schema of the arguments says what goes into headers.
        ...(definition && { toolDefinition: forHeaders(definition) }),
        ...(extra.progress && { onprogress: passedOn(extra.progress) }),
      },
    );
    return cleaned(result, maxResultChars, upstream.uriPrefix);
  };
  const repeatable = tool.annotations?.readOnlyHint === true;
  try {
    return outcome(await link.use(run, { repeatable, signal }));
  } catch (error) {
    return outcome(failure(explain(error, tool, link, signal)));
  }
}

type ListedTool = NonNullable<Parameters<Session['client']['callTool']>[1]>['toolDefinition'];

function forHeaders({ name, inputSchema }: Record<string, unknown>): NonNullable<ListedTool> {
  return { name, inputSchema } as NonNullable<ListedTool>;
}

function renamed(args: Record<string, unknown>, rename: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      Object.hasOwn(rename, name) ? rename[name]! : name,
      value,
    ]),
  );
}

function passedOn(progress: Progress): Progress {
  return ({ message, ...report }) =>
    progress({ ...report, ...(message !== undefined && { message: cleanText(message) }) });
}

function cleaned(given: CallToolResult, maxChars: number, uriPrefix?: string): CallToolResult {
  const { content, structuredContent, isError } = given;
  const cleaning = newCleaning(maxChars, uriPrefix);
  const blocks = (content ?? []).map((block) => cleanBlock(block, cleaning));
  const result = { content: blocks, ...(isError === true && { isError }) } as CallToolResult;
  if (structuredContent === undefined) return result;
  const structured = cleanValue(structuredContent);
  if (JSON.stringify(structured).length <= maxChars) {
    return { ...result, structuredContent: structured } as CallToolResult;
  }
  // Cut data would be read as if it were whole.
  const note = `The result has more than ${maxChars} characters of data. Ask for less.`;
  return { content: [{ type: 'text', text: note }, ...result.content], isError: true };
}

function explain(error: unknown, tool: McpTool, { upstream }: UpstreamLink, signal: AbortSignal) {
  const { id, timeoutMs } = upstream;
  if (error instanceof UpstreamError) return error.message;
  if (isAnswer(error)) return `${id} refused ${tool.mcp.tool}: ${reasonOf(error)}`;
  const unknown =
    tool.annotations?.readOnlyHint === true
      ? ''
      : ' It is unknown whether the change was made: look before trying again.';
  if (signal.aborted) return `The call of ${id} was cancelled.${unknown}`;
  if (isTimeout(error)) return `${id} did not answer within ${timeoutMs} ms.${unknown}`;
  if (isLost(error)) return `The connection to ${id} was lost during the call.${unknown}`;
  log.warn('upstream call failed', { upstream: id, tool: tool.name, reason: reasonOf(error) });
  return `${id} gave no usable answer: ${reasonOf(error)}`;
}

function outcome(result: CallToolResult): Outcome {
  return { result, data: () => result.structuredContent ?? textOf(result) };
}

function textOf({ content }: CallToolResult): string {
  return content.flatMap((block) => (block.type === 'text' ? block.text : [])).join('\n');
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text: redact(text) }], isError: true };
}
