import type { HandlerContext } from '../handler.js';
import type { HandlerTool, ToolFacts } from '../tool.js';
import type { Expression } from './expression.js';

/** Calls of other tools, one after the other, and what is made of their results. */
export type StepsPlan = {
  steps: Step[];
  /** The result of the tool. */
  result: Expression;
  /** For all steps together, in milliseconds; the time for a whole call holds besides. */
  deadlineMs?: number;
};

export type Step = {
  /** What its result is known by: `steps.<id>`. */
  id: string;
  /** Name of the tool that is called. */
  call: string;
  with: Record<string, Expression>;
  /** The step is left out unless this holds; its result is null then. */
  when?: Expression;
  /** One call for each item of this list; the result is the list of their results. */
  forEach?: Expression;
  /** What the item is called. */
  as?: string;
  /** Calls at a time. */
  concurrency?: number;
  /**
   * What a failed call means: the whole fails (unless said otherwise); `skip`: it has no result, and no place in a list;
   * `continue`: its result is `{ error: <text> }`.
   */
  onError?: 'fail' | 'skip' | 'continue';
};

/** A tool that is made of steps, as it stands in a file. */
export type StepsTool<Arguments = unknown, Result = unknown> = ToolFacts<Arguments, Result> & {
  steps: StepsPlan;
};

/** Makes the tool that runs the steps; they are loaded with the first call. */
export function defineStepsTool<Arguments, Result>(
  tool: StepsTool<Arguments, Result>,
): HandlerTool<Arguments, Result> & StepsTool<Arguments, Result> {
  return {
    ...tool,
    handler: async (args: Arguments, context: HandlerContext) => {
      const { runSteps } = await import('./run-steps.js');
      return runSteps(tool.steps, args, context);
    },
  };
}
