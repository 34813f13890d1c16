import type { LoggingLevel, ServerContext } from '@modelcontextprotocol/server';
import { log, redact } from '../log.js';

/**
 * Sends a log message to the client, who gets those from the level on that it asked for (MCP 2026-07-28, Logging). Never throws
 * and is not waited for. What is for whoever runs the server belongs into its own log.
 */
export type Tell = (
  level: LoggingLevel,
  message: string,
  fields?: Readonly<Record<string, string | number | boolean>>,
) => void;

export const tellNobody: Tell = () => {};

/** Tells the caller of one request, in the name of what is called. */
export function tellOf(
  { log: send, signal }: Pick<ServerContext['mcpReq'], 'log' | 'signal'>,
  name: string,
): Tell {
  return (level, message, fields) => {
    if (signal.aborted) return;
    const clean = Object.entries(fields ?? {}).map(([key, value]) => [
      key,
      typeof value === 'string' ? redact(value) : value,
    ]);
    const text = redact(message);
    const data = fields === undefined ? text : { ...Object.fromEntries(clean), message: text };
    send(level, data, name).catch((error: unknown) =>
      log.debug('message not sent', { reason: String(error) }),
    );
  };
}
