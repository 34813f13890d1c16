import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Outcome } from '../calls/answer.js';
import { log } from '../log.js';
import type { FileTool } from './file-tool.js';
import type { FileReply, FileRequest } from './messages.js';
import { WorkerTimeoutError } from './worker-lane.js';

/** A request, by whatever works on it. */
export type AskFiles = (request: FileRequest, signal: AbortSignal) => Promise<FileReply>;

/**
 * Does what a tool does with its folders and turns whatever happens into a result; the arguments fit the input schema. Never
 * throws, unless the call was cancelled.
 */
export async function callFileTool(
  { name, files }: FileTool,
  args: Record<string, unknown>,
  ask: AskFiles,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const reply = await ask({ source: files.source, action: files.action, args }, signal);
    if (reply.ok) {
      const { data, content = [{ type: 'text', text: JSON.stringify(data) }] } = reply.answer;
      return { result: { content, structuredContent: data }, data: () => data };
    }
    if ('told' in reply) return failed(reply.told);
    return internal(name, reply.detail);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof WorkerTimeoutError) {
      return failed(
        'The search took too long: use a simpler expression or a plain text, or begin in a folder below.',
      );
    }
    return internal(name, error instanceof Error ? error.message : String(error));
  }
}

function internal(tool: string, detail: string): Outcome {
  const reference = randomUUID().slice(0, 8);
  log.warn('file call failed', { reference, tool, detail });
  return failed(`${tool} failed: there was an error in this server.\nReference: ${reference}`);
}

function failed(text: string): Outcome {
  const result: CallToolResult = { content: [{ type: 'text', text }], isError: true };
  return { result, data: () => undefined };
}
