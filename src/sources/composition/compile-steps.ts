import type { Expression, Step, StepsPlan } from '../../blueprint/steps.js';
import type { Tool } from '../../blueprint/types.js';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.js';
import type { CustomStep as StepEntry, CustomTool } from '../../blueprint/custom-tool.js';
import { checkArguments, typeProblem } from './check-arguments.js';
import { createChecker, type Place } from './checker.js';
import { type Names, wantBoolean } from './infer.js';
import { argumentsShape, resultShape } from './result-shape.js';
import { anyOf, inWords, itemOf, kindsOf, listOf, shapeOf, UNKNOWN, type Shape } from './shape.js';

export type CompileOptions = {
  /** Of the tool in mcp.yaml. */
  origin: Origin;
  onProblem: (problem: Diagnostic) => void;
  /** The tool that a step calls, with what it answers; undefined, and told, where there is none. */
  target: (
    name: string,
    path: Origin['path'],
    where: string,
  ) => { tool: Tool; result: Shape } | undefined;
};

/** The plan of a tool that is made of steps, and what it answers. Everything that is wrong is told. */
export function compileSteps(
  tool: Tool,
  { steps = [], result, deadlineMs }: CustomTool,
  { origin, onProblem, target }: CompileOptions,
): { plan: StepsPlan; result: Shape } {
  const checker = createChecker(origin, onProblem);
  const ids = steps.map(({ id, call }) => id ?? call);
  const done = new Map<string, Shape>();
  const args = argumentsShape(tool);
  const namesAt = (index: number, item?: [string, Shape]): Names => ({
    roots: new Map([['args', args], ...(item ? [item] : [])]),
    steps: done,
    later: ids.slice(index),
  });

  const compiled = steps.map((entry, index): Step => {
    const id = ids[index]!;
    const place = checker.at(['steps', index]);
    if (ids.indexOf(id) < index) place.report('MCP717', { id });
    const names = namesAt(index);
    const when = condition(entry, place, names);
    const each = loop(entry, place, names);
    const inner = each ? namesAt(index, [entry.as ?? 'item', each.item]) : names;
    const given = place.at(['with']).members(entry.with ?? {}, inner);
    const call = place.at(['call']);
    const called = target(entry.call, call.path, call.where);
    if (called) reportArguments(called.tool, given, place);
    done.set(id, stepResult(entry, called?.result ?? UNKNOWN));
    return {
      id,
      call: entry.call,
      with: given.expressions,
      ...(when && { when }),
      ...(each && { forEach: each.list }),
      ...(entry.as !== undefined && { as: entry.as }),
      ...(entry.concurrency !== undefined && { concurrency: entry.concurrency }),
      ...(entry.onError !== undefined && { onError: entry.onError }),
    };
  });

  const last = ids.at(-1);
  const place = checker.at(['result']);
  const answer =
    result === undefined && last !== undefined
      ? { expression: { ref: ['steps', last] }, shape: done.get(last)! }
      : place.value(result ?? null, namesAt(steps.length));
  if (tool.resultType !== undefined) {
    const why = typeProblem(answer.shape, resultShape(tool, []));
    if (why !== undefined) place.report('MCP713', { why });
  }
  const plan: StepsPlan = {
    steps: compiled,
    result: answer.expression,
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
  return { plan, result: tool.resultType ? resultShape(tool, []) : answer.shape };
}

function condition({ when }: StepEntry, place: Place, names: Names): Expression | undefined {
  if (when === undefined) return undefined;
  const at = place.at(['when']);
  const { expression, shape } = at.expression(when, names);
  wantBoolean(shape, (problem) => at.tell(problem));
  if (isNever(expression)) place.report('MCP716', { why: 'its condition is always false' });
  return expression;
}

function isNever(expression: Expression): boolean {
  if ('value' in expression) return expression.value === false || expression.value === null;
  if ('all' in expression) return expression.all.some(isNever);
  return 'any' in expression && expression.any.every(isNever);
}

function loop(
  { forEach }: StepEntry,
  place: Place,
  names: Names,
): { list: Expression; item: Shape } | undefined {
  if (forEach === undefined) return undefined;
  const at = place.at(['forEach']);
  const { expression, shape } = at.expression(forEach, names);
  const kinds = kindsOf(shape);
  if (kinds && !kinds.has('array'))
    at.report('MCP713', { why: `it is ${inWords(kinds)}, but takes a list` });
  if ('value' in expression && Array.isArray(expression.value) && expression.value.length === 0)
    place.report('MCP716', { why: 'its list is always empty' });
  return { list: expression, item: itemOf(shape) };
}

function reportArguments(
  tool: Tool,
  { expressions, shapes }: { expressions: Record<string, Expression>; shapes: Map<string, Shape> },
  place: Place,
): void {
  for (const problem of checkArguments(tool, expressions, shapes)) {
    const { argument } = problem;
    if (problem.kind === 'missing') {
      place.report('MCP714', { tool: tool.name, argument, missing: true });
    } else if (problem.kind === 'unknown') {
      const { suggestion } = problem;
      const fields = {
        tool: tool.name,
        argument,
        missing: false,
        ...(suggestion && { suggestion }),
      };
      place.at(['with', argument]).report('MCP714', fields);
    } else {
      place.at(['with', argument]).report('MCP713', { why: problem.why });
    }
  }
}

const NOTHING = shapeOf({ type: 'null' });
const ERROR = shapeOf({ type: 'object', properties: { error: { type: 'string' } } });

function stepResult({ when, forEach, onError }: StepEntry, result: Shape): Shape {
  const one = onError === 'continue' ? either(result, ERROR) : result;
  const all = forEach === undefined ? one : listOf(one);
  const mayLack = when !== undefined || (onError === 'skip' && forEach === undefined);
  return mayLack ? either(all, NOTHING) : all;
}

function either(shape: Shape, other: Shape): Shape {
  return shape === UNKNOWN ? UNKNOWN : anyOf([shape, { ...other, named: shape.named }]);
}
