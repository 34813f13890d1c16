import type { FunctionRow } from '../catalogue-queries.js';
import type { Catalogue, Routine, TypeUse } from './catalogue.js';
import type { Printer } from './printer.js';
import { signatureOf } from './routines.js';

/** Functions in the order of a database: by schema, name and arguments. */
export function routineRows(
  catalogue: Catalogue,
  printer: Printer,
  idOf: (type: TypeUse) => string,
): FunctionRow[] {
  const key = (routine: Routine): string =>
    `${routine.schema}\0${routine.name}\0${signatureOf(routine)}`;
  return catalogue.routines
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((routine) => routineRow(routine, printer, idOf));
}

function routineRow(
  routine: Routine,
  printer: Printer,
  idOf: (type: TypeUse) => string,
): FunctionRow {
  const { schema, name, kind, volatility, parameters, comment } = routine;
  const isPlain = parameters.every(({ mode }) => mode === 'i');
  return {
    schema,
    name,
    kind,
    volatility,
    returns: returnsText(routine, printer),
    trigger: /^(?:trigger|event_trigger)$/.test(String(routine.returns?.base)),
    comment: comment ?? null,
    arguments: parameters.map((one) => {
      const type = { ...one.type, modifier: -1 };
      return {
        name: one.name ?? null,
        mode: isPlain ? null : one.mode,
        type: idOf(type),
        sql: printer
          .type(one.type, true)
          .replace(/^bpchar/, 'character')
          .replace(/^"bit"/, 'bit'),
      };
    }),
    defaults: parameters.filter(({ hasDefault }) => hasDefault).length,
  };
}

/** As `pg_get_function_result` writes it. */
function returnsText(
  { kind, parameters, returns, returnsSet }: Routine,
  printer: Printer,
): string | null {
  const columns = parameters.filter(({ mode }) => mode === 't');
  if (columns.length > 0) {
    const list = columns.map(
      ({ name, type }) => `${printer.identifier(name ?? '')} ${printer.type(type, true)}`,
    );
    return `TABLE(${list.join(', ')})`;
  }
  if (kind === 'p') return null;
  const outs = parameters.filter(({ mode }) => mode === 'o' || mode === 'b');
  const [only] = outs;
  const text = returns
    ? printer.type(returns, true)
    : outs.length === 1 && only
      ? printer.type(only.type, true)
      : 'record';
  return returnsSet ? `SETOF ${text}` : text;
}
