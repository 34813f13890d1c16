import type {
  CreateFunctionStmt,
  DefineStmt,
  FunctionParameter,
  Node,
  ObjectWithArgs,
} from 'libpg-query';
import type { Catalogue, Routine } from './catalogue.js';
import { schemaForNew, splitName, stringsOf } from './names.js';
import { typeKey, typeUse } from './type-use.js';
import { missing, there } from './refused.js';

type Parameter = Routine['parameters'][number];

const MODES: Partial<Record<NonNullable<FunctionParameter['mode']>, Parameter['mode']>> = {
  FUNC_PARAM_OUT: 'o',
  FUNC_PARAM_INOUT: 'b',
  FUNC_PARAM_VARIADIC: 'v',
  FUNC_PARAM_TABLE: 't',
};

export function createRoutine(catalogue: Catalogue, statement: CreateFunctionStmt): void {
  const { schema, name } = splitName(stringsOf(statement.funcname));
  const options = new Map(
    (statement.options ?? []).flatMap((node) =>
      'DefElem' in node ? [[node.DefElem.defname ?? '', node.DefElem.arg] as const] : [],
    ),
  );
  const volatility = options.get('volatility');
  const [word = 'volatile'] = volatility ? stringsOf([volatility]) : [];
  addRoutine(
    catalogue,
    {
      schema: schemaForNew(catalogue, schema),
      name,
      kind: statement.is_procedure ? 'p' : isTrue(options.get('window')) ? 'w' : 'f',
      volatility: word === 'immutable' ? 'i' : word === 'stable' ? 's' : 'v',
      parameters: (statement.parameters ?? []).map((node) => parameter(catalogue, node)),
      ...(statement.returnType && { returns: typeUse(catalogue, statement.returnType) }),
      returnsSet: statement.returnType?.setof ?? false,
      hidden: catalogue.hidden,
    },
    statement.replace ?? false,
  );
}

export function createAggregate(
  catalogue: Catalogue,
  { defnames, args = [], definition = [], replace }: DefineStmt,
): void {
  const { schema, name } = splitName(stringsOf(defnames));
  const list = args.flatMap((node) => ('List' in node ? (node.List.items ?? []) : []));
  const state = definition.flatMap((node) =>
    'DefElem' in node &&
    node.DefElem.defname === 'stype' &&
    node.DefElem.arg &&
    'TypeName' in node.DefElem.arg
      ? [typeUse(catalogue, node.DefElem.arg.TypeName)]
      : [],
  );
  const final = definition.flatMap((node) =>
    'DefElem' in node &&
    node.DefElem.defname === 'finalfunc' &&
    node.DefElem.arg &&
    'TypeName' in node.DefElem.arg
      ? [splitName(stringsOf(node.DefElem.arg.TypeName.names)).name]
      : [],
  );
  const finisher = catalogue.routines.find((routine) => routine.name === final[0]);
  const returns = final.length > 0 ? finisher?.returns : state[0];
  addRoutine(
    catalogue,
    {
      schema: schemaForNew(catalogue, schema),
      name,
      kind: 'a',
      volatility: 'i',
      parameters: list.map((node) => parameter(catalogue, node)),
      ...(returns && { returns }),
      returnsSet: false,
      hidden: catalogue.hidden,
    },
    replace ?? false,
  );
}

const isTrue = (node: Node | undefined): boolean =>
  node !== undefined && 'Boolean' in node && node.Boolean.boolval === true;

function parameter(catalogue: Catalogue, node: Node): Parameter {
  const { name, argType, mode, defexpr } =
    'FunctionParameter' in node ? node.FunctionParameter : {};
  return {
    ...(name !== undefined && name !== '' && { name }),
    mode: MODES[mode ?? 'FUNC_PARAM_IN'] ?? 'i',
    type: typeUse(catalogue, argType ?? {}),
    hasDefault: defexpr !== undefined,
  };
}

const isGiven = ({ mode }: Parameter): boolean => mode !== 'o' && mode !== 't';

export function signatureOf({ parameters }: Pick<Routine, 'parameters'>): string {
  return parameters
    .filter(isGiven)
    .map(({ type }) => typeKey(type))
    .join(', ');
}

function addRoutine(catalogue: Catalogue, routine: Routine, replace: boolean): void {
  const at = catalogue.routines.findIndex(
    (one) =>
      one.schema === routine.schema &&
      one.name === routine.name &&
      signatureOf(one) === signatureOf(routine),
  );
  if (at < 0) catalogue.routines.push(routine);
  else if (!replace) throw there(`function "${routine.name}" with same argument types`);
  else {
    const { comment } = catalogue.routines[at] ?? {};
    catalogue.routines[at] = { ...routine, ...(comment !== undefined && { comment }) };
  }
}

/** The routine that a statement names with its arguments, or by its name alone. Throws a Refused. */
export function routineOf(
  catalogue: Catalogue,
  { objname, objargs = [], objfuncargs, args_unspecified }: ObjectWithArgs,
): Routine {
  const { schema, name } = splitName(stringsOf(objname));
  const named = catalogue.routines.filter(
    (routine) =>
      routine.name === name &&
      (schema === undefined ? catalogue.path.includes(routine.schema) : routine.schema === schema),
  );
  const given = objfuncargs
    ? signatureOf({ parameters: objfuncargs.map((node) => parameter(catalogue, node)) })
    : objargs
        .flatMap((node) => ('TypeName' in node ? [typeKey(typeUse(catalogue, node.TypeName))] : []))
        .join(', ');
  const found = args_unspecified
    ? named[0]
    : named.find((routine) => signatureOf(routine) === given);
  if (!found)
    throw missing(`function ${stringsOf(objname).join('.')}(${args_unspecified ? '' : given})`);
  return found;
}
