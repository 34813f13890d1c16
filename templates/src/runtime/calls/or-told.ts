import { randomUUID } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { InputNeededError } from '../input/input.js';
import { describeError, log } from '../log.js';
import { ToolCallError } from './tool-call-error.js';
import { UserInputError } from './user-input-error.js';

const FOR_CALLERS = [ProtocolError, ToolCallError, UserInputError, InputNeededError];

/** What `answer` gives; of an error that is not meant for callers they are told only where the log has it. */
export async function orTold<Result>(
  method: string,
  answer: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await answer();
  } catch (error) {
    if (FOR_CALLERS.some((one) => error instanceof one)) throw error;
    const id = randomUUID();
    log.error('request failed', { method, id, error: describeError(error) });
    throw new ProtocolError(
      ProtocolErrorCode.InternalError,
      `Internal error. The server's log has the details under ${id}.`,
    );
  }
}
