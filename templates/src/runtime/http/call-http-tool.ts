import { randomUUID } from 'node:crypto';
import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Outcome } from '../calls/answer.js';
import type { Hooks } from '../hooks.js';
import { describeError, log } from '../log.js';
import { notReady } from '../calls/readiness.js';
import type { HttpTool } from './http-tool.js';
import { UserInputError } from '../calls/user-input-error.js';
import { checkArguments } from './argument-checks.js';
import { buildRequest, type CallTokens, type WireRequest } from './build-request.js';
import { cleanText } from './clean-text.js';
import { orAborted, startDeadline, type Deadline } from './deadline.js';
import {
  errorResult,
  failureResult,
  ref,
  statusResult,
  type ErrorContext,
} from './error-result.js';
import { loadFiles } from './file-content.js';
import { Refusal } from './refusal.js';
import { retrying } from './retrying.js';
import { responseData } from './response-data.js';
import { isRepeatable, isSafe } from './retry-policy.js';
import { runHooks } from './run-hooks.js';
import { deadlineFailure, sendRequest, type UpstreamResponse } from './send-request.js';
import { successResult } from './success-result.js';
import { UpstreamFailure } from './upstream-failure.js';
import type { Upstreams } from './upstreams.js';
import { readWideIntegers } from './wide-integers.js';

export type HttpCallContext = {
  upstreams: Upstreams;
  /** Fires when the client cancels. */
  signal?: AbortSignal;
  hooks?: Hooks;
};

/**
 * Makes the one request of a tool and turns whatever happens into a result. The arguments are
 * validated already. Never throws: each failure is a result with `isError` whose text says what
 * to change, holds no secret, and names the log entry.
 */
export async function runHttpTool(
  tool: HttpTool,
  args: Record<string, unknown>,
  context: HttpCallContext,
): Promise<Outcome> {
  const { upstreams } = context;
  const reference = randomUUID().slice(0, 8);
  const { method, path } = tool.request;
  const about: ErrorContext = {
    method,
    safe: isSafe(method) && changesNothing(tool),
    path,
    reference,
    redact: (text) => cleanText(upstreams.redact(text)),
    variables: upstreams.variables(tool.request),
  };
  const deadline = startDeadline(upstreams.limits.timeoutMs, context.signal);
  try {
    // Asked again here: handlers make requests that no call has asked for.
    const problems = upstreams.problems(tool);
    if (problems.length > 0) return failed(errorResult([notReady(tool, problems)]));
    const response = await request(tool, args, context, deadline, about);
    const { status } = response;
    if (status < 400) {
      const { limits, redact } = upstreams;
      const result = successResult(response, { tool, limits, redact, reference });
      return { result, status, data: () => responseData(response, redact) };
    }
    report(tool, about, `HTTP ${status}`);
    return { ...failed(statusResult(response, about)), status };
  } catch (error) {
    return failed(caught(tool, error, about));
  } finally {
    deadline.dispose();
  }
}

/** Some APIs change things by GET: their tools say so. */
function changesNothing({ annotations }: HttpTool): boolean {
  return annotations?.readOnlyHint !== false;
}

function failed(result: CallToolResult): Outcome {
  return { result, data: () => undefined };
}

function caught(tool: HttpTool, error: unknown, about: ErrorContext): CallToolResult {
  if (error instanceof Refusal) {
    return errorResult([about.redact(error.message), 'The request was not sent.']);
  }
  if (error instanceof UserInputError) return errorResult([about.redact(error.message)]);
  if (error instanceof UpstreamFailure) {
    report(tool, about, error.reason, error.cause);
    return failureResult(error, about);
  }
  report(tool, about, 'internal error', error);
  const { reference } = about;
  return errorResult([`${tool.name} failed because of an error in this server.`, ref(reference)]);
}

async function request(
  tool: HttpTool,
  args: Record<string, unknown>,
  { upstreams, hooks }: HttpCallContext,
  deadline: Deadline,
  about: ErrorContext,
): Promise<UpstreamResponse> {
  const operation = tool.request;
  checkArguments(args);
  const exact = readWideIntegers(args, tool.inputSchema, tool.inputSchema) as typeof args;
  const ready = loadFiles(operation.body, exact);
  const server = upstreams.baseUrl(operation);
  if ('problem' in server) throw new UpstreamFailure('not-sent', server.problem);
  const tokens: CallTokens = {
    boundary: `form-${randomUUID()}`,
    idempotencyKey: randomUUID(),
    userAgent: upstreams.userAgent,
  };
  const given = upstreams.given(operation);
  const connections = await beforeSending(upstreams.connections(), deadline);
  const prepare = async () => {
    const access = await beforeSending(connections.access(operation), deadline);
    const wire = buildRequest(operation, ready, server.url, access.credentials, tokens, given);
    about.path = shownPath(wire, server.url);
    return { access, wire };
  };
  const { access, wire } = await prepare();
  const lane = connections.lane(new URL(server.url).origin);
  const { limits } = upstreams;
  const dispatcher = connections.dispatcher(operation);
  let attempt = 0;
  const exchange = (prepared: WireRequest) =>
    sendRequest(prepared, { dispatcher, limits, deadline });
  const attempted = (prepared: WireRequest) => {
    attempt += 1;
    if (hooks === undefined) return exchange(prepared);
    const { source, method, path } = operation;
    const { signal } = deadline;
    const seen = { tool: tool.name, source, operation: `${method} ${path}`, attempt, signal, log };
    return runHooks(hooks, seen, prepared, { send: exchange, deadline });
  };
  const send = (prepared: WireRequest) =>
    lane.guarded(() =>
      retrying(() => lane.queued(() => attempted(prepared), deadline), {
        repeatable: isRepeatable(operation) && (!isSafe(operation.method) || changesNothing(tool)),
        deadline,
      }),
    );
  const response = await send(wire);
  // A refused token was not used up by this request, so even a write can be sent once more.
  if (response.status === 401 && access.renew()) return send((await prepare()).wire);
  return response;
}

/** The outcome of a preparation, unless the time is up or the call cancelled before. */
async function beforeSending<T>(preparation: Promise<T>, deadline: Deadline): Promise<T> {
  try {
    return await orAborted(preparation, deadline.signal);
  } catch (error) {
    if (deadline.signal.aborted) throw deadlineFailure(deadline, 'not-sent');
    throw error;
  }
}

function shownPath(wire: WireRequest, baseUrl: string): string {
  return new URL(wire.url).pathname.slice(new URL(baseUrl).pathname.replace(/\/$/, '').length);
}

function report(tool: HttpTool, about: ErrorContext, reason: string, cause?: unknown): void {
  log.warn('upstream call failed', {
    reference: about.reference,
    tool: tool.name,
    request: about.redact(`${about.method} ${about.path}`),
    reason: about.redact(reason),
    ...(cause === undefined ? {} : { cause: about.redact(describeError(cause)) }),
  });
}
