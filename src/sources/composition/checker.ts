import type { Expression } from '../../blueprint/steps.js';
import { diagnostic, type Code, type FieldsOf } from '../../diagnostics/catalog.js';
import type { Diagnostic, Origin } from '../../diagnostics/diagnostic.js';
import { infer, type ExpressionProblem, type Names } from './infer.js';
import { readExpression, readValue, type OnError, type Path } from './read-value.js';
import type { Shape } from './shape.js';

export type Checked = { expression: Expression; shape: Shape };

/** A place in mcp.yaml at which values are read and what is wrong is told. */
export type Place = {
  path: Origin['path'];
  /** For people: `tools.forecast.steps[0].with`. */
  where: string;
  at: (path: Path) => Place;
  /** A value with `${…}` in its texts. */
  value: (value: unknown, names: Names) => Checked;
  /** A condition or a list. */
  expression: (value: unknown, names: Names) => Checked;
  /** Each member by itself, so that what is wrong is told where it stands. */
  members: (
    values: Readonly<Record<string, unknown>>,
    names: Names,
  ) => { expressions: Record<string, Expression>; shapes: Map<string, Shape> };
  tell: (problem: ExpressionProblem) => void;
  report: <C extends Code>(code: C, fields: Omit<FieldsOf<C>, 'where'>) => void;
};

/** Reads and checks values below one place of the manifest. */
export function createChecker(origin: Origin, onProblem: (problem: Diagnostic) => void): Place {
  const { file } = origin;
  const placeAt = (path: Path): Place => {
    const where = pathText(path);
    const report = (code: Code, fields: object) =>
      onProblem(diagnostic(code, { where, ...fields } as never, { origin: { file, path } }));
    const onError: OnError = (inner, why) => placeAt([...path, ...inner]).report('MCP710', { why });
    const tell = (problem: ExpressionProblem) => {
      if (problem.kind === 'type') return report('MCP713', { why: problem.why });
      const { reference, why, suggestion } = problem;
      report('MCP712', { reference, why, ...(suggestion !== undefined && { suggestion }) });
    };
    const checked = (expression: Expression, names: Names): Checked => ({
      expression,
      shape: infer(expression, names, tell),
    });
    const place: Place = {
      path,
      where,
      at: (inner) => placeAt([...path, ...inner]),
      value: (value, names) => checked(readValue(value, onError), names),
      expression: (value, names) => checked(readExpression(value, onError), names),
      members: (values, names) => {
        const all = Object.entries(values).map(
          ([name, value]) => [name, placeAt([...path, name]).value(value, names)] as const,
        );
        return {
          expressions: Object.fromEntries(all.map(([name, { expression }]) => [name, expression])),
          shapes: new Map(all.map(([name, { shape }]) => [name, shape])),
        };
      },
      tell,
      report: report as Place['report'],
    };
    return place;
  };
  return placeAt(origin.path);
}

/** `tools.forecast.steps[0].with.city`. */
function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`,
    '',
  );
}
