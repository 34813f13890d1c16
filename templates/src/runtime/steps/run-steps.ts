import { orAborted } from '../http/deadline.js';
import type { HandlerContext } from '../handler.js';
import { ToolCallError } from '../calls/tool-call-error.js';
import { evaluate, holds } from './evaluate.js';
import { EvaluationError, type Scope } from './expression.js';
import { runEach } from './run-each.js';
import type { Step, StepsPlan } from './steps-tool.js';

type Run = {
  context: HandlerContext;
  /** Fires with the caller's signal and with the deadline of the plan. */
  signal: AbortSignal;
  /** A part of the step that runs is done. */
  report: (part: number, message: string) => void;
  count: Count;
};

/** Calls of one step. */
type Count = { done: number; failed: number; of: number };

const GRACE_MS = 500;

/**
 * Runs the steps one after the other and gives the result of the plan. Throws ToolCallError that says which step failed, why,
 * and what had been done by then; what is no fault of the caller passes through.
 */
export async function runSteps(
  { steps, result, deadlineMs }: StepsPlan,
  args: unknown,
  context: HandlerContext,
): Promise<unknown> {
  const deadline = deadlineMs === undefined ? undefined : AbortSignal.timeout(deadlineMs);
  const signal = deadline ? AbortSignal.any([context.signal, deadline]) : context.signal;
  const results: Record<string, unknown> = {};
  const scope = { args, steps: results };
  const past: Past = { done: [], failed: [] };
  for (const [index, step] of steps.entries()) {
    const report = (part: number, message: string) =>
      context.progress({ progress: index + part, total: steps.length, message });
    const count: Count = { done: 0, failed: 0, of: 1 };
    try {
      signal.throwIfAborted();
      if (step.when !== undefined && !holds(step.when, scope)) results[step.id] = null;
      else {
        const running = runStep(step, scope, { context, signal, report, count });
        results[step.id] = await orAborted(running, signal, GRACE_MS);
        remember(step, count, past);
      }
    } catch (error) {
      context.signal.throwIfAborted();
      const why = deadline?.aborted
        ? `the deadline of ${deadlineMs} ms for all steps passed`
        : reason(error);
      if (why === undefined) throw error;
      if (step.forEach !== undefined) remember(step, count, past);
      throw failure(`Step ${index + 1} of ${steps.length}, ${called(step)}, failed: ${why}`, {
        ...past,
        open: steps.slice(index + 1).map(({ id }) => id),
      });
    }
    report(1, `${step.id} done`);
  }
  try {
    return evaluate(result, scope);
  } catch (error) {
    const why = reason(error);
    if (why === undefined) throw error;
    throw failure(`The result could not be put together: ${why}`, { ...past, open: [] });
  }
}

async function runStep(step: Step, scope: Scope, run: Run): Promise<unknown> {
  if (step.forEach === undefined) return callTool(step, scope, run, run.signal);
  const items = evaluate(step.forEach, scope) ?? [];
  if (!Array.isArray(items)) throw new EvaluationError('forEach is given no list');
  run.count.of = items.length;
  const results = await runEach(items, {
    limit: step.concurrency,
    signal: run.signal,
    run: (item, signal) => callTool(step, { ...scope, [step.as ?? 'item']: item }, run, signal),
    onDone: (ended) =>
      run.report(ended / (items.length + 1), `${step.id}: ${ended} of ${items.length}`),
  });
  return step.onError === 'skip' ? results.filter((result) => result !== undefined) : results;
}

/** The data that the tool answered; what stands for it when it failed and that is borne. */
async function callTool(
  step: Step,
  scope: Scope,
  { context, count }: Run,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    const args = evaluate({ object: step.with }, scope) as Record<string, unknown>;
    const { data } = await context.callTool(step.call, args, { signal });
    count.done += 1;
    return data ?? null;
  } catch (error) {
    signal.throwIfAborted();
    const why = reason(error);
    if (why === undefined || step.onError === undefined || step.onError === 'fail') throw error;
    count.failed += 1;
    context.log.warn('a step failed and is passed over', { step: step.id, reason: why });
    return step.onError === 'skip' ? undefined : { error: why };
  }
}

function called({ id, call }: Step): string {
  return id === call ? id : `${id} (${call})`;
}

/** What the caller may know; undefined for what is a fault of the server. */
function reason(error: unknown): string | undefined {
  if (error instanceof ToolCallError) return error.message;
  return error instanceof EvaluationError ? error.message : undefined;
}

/** Steps that ran, as they are told: of a loop of which calls failed how many were done. */
type Past = { done: string[]; failed: string[] };

function remember({ id, forEach }: Step, { done, failed, of }: Count, past: Past): void {
  const told = (part: number) =>
    part === of || forEach === undefined ? id : `${id} (${part} of ${of})`;
  if (done > 0) past.done.push(told(done));
  if (failed > 0) past.failed.push(told(failed));
}

function failure(what: string, { done, failed, open }: Past & { open: string[] }): ToolCallError {
  const lines = [
    what,
    done.length === 0
      ? 'Nothing had been done before.'
      : `Done before, and not undone: ${done.join(', ')}.`,
    ...(failed.length === 0 ? [] : [`Failed before, and passed over: ${failed.join(', ')}.`]),
    ...(open.length === 0 ? [] : [`Not run: ${open.join(', ')}.`]),
  ];
  return new ToolCallError({
    content: [{ type: 'text', text: lines.join('\n') }],
    isError: true,
  });
}
