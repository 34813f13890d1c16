import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { redact } from '../log.js';
import type { Completing } from '../resources.js';
import { isAnswer, reasonOf, UpstreamError } from './failures.js';
import type { UpstreamLink } from './link.js';
import type { PinnedKind } from './pins.js';
import type { Session } from './session.js';
import { refusalOf } from './verify.js';

/** Asks for something that changes nothing, if it is as it was pinned. Rejects with a ProtocolError for the caller. */
export async function ask<Value>(
  link: UpstreamLink,
  { kind, name }: { kind: PinnedKind; name: string },
  signal: AbortSignal,
  run: (session: Session, options: { signal: AbortSignal; timeout: number }) => Promise<Value>,
): Promise<Value> {
  const { upstream, problems } = link;
  if (problems.length > 0) throw failed(problems.join(' '));
  try {
    return await link.use(
      async (session) => {
        const refusal = await refusalOf(session, upstream, kind, name);
        if (refusal !== undefined) throw new UpstreamError(refusal);
        return run(session, { signal, timeout: upstream.timeoutMs });
      },
      { repeatable: true, signal },
    );
  } catch (error) {
    if (error instanceof UpstreamError) throw failed(error.message);
    const text = `${upstream.id}: ${reasonOf(error)}`;
    throw isAnswer(error) ? new ProtocolError(error.code, redact(text)) : failed(text);
  }
}

type Reference = { type: 'ref/resource'; uri: string } | { type: 'ref/prompt'; name: string };

/** Values for an argument; none where the server completes nothing. */
export async function complete(
  { client }: Session,
  ref: Reference,
  { name, value, others }: Completing,
  options: { signal: AbortSignal; timeout: number },
): Promise<string[]> {
  if (client.getServerCapabilities()?.completions === undefined) return [];
  const context = Object.keys(others).length > 0 ? { arguments: { ...others } } : undefined;
  const given = { ref, argument: { name, value }, ...(context && { context }) };
  return (await client.complete(given, options)).completion.values;
}

function failed(text: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InternalError, redact(text));
}
