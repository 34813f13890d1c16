import type { GivenValue, HttpParameter, Setting } from '../../blueprint/types.js';
import { diagnostic } from '../../diagnostics/catalog.js';
import { closest } from '../../diagnostics/closest.js';
import { InputError, type Diagnostic, type Origin } from '../../diagnostics/diagnostic.js';
import { readReference } from '../reference.js';
import type { Context } from './context.js';
import type { HttpDraft } from './http-draft.js';
import { child } from './node.js';
import type { Operation, Parameter } from './operation.js';
import { isSecretName } from './secret-name.js';

type Plain = string | number | boolean;

/** What mcp.yaml gives parameters, by their names in the document: constants and `${NAME}`. */
export type GivenEntries = Record<string, Plain | Plain[]>;

/** The key of the entry for a parameter: names of headers have no case. Undefined where the model is asked for it. */
export function givenKey(
  entries: GivenEntries,
  { name, in: place }: Pick<Parameter, 'name' | 'in'>,
): string | undefined {
  if (place === 'querystring') return undefined;
  if (Object.hasOwn(entries, name)) return name;
  if (place !== 'header') return undefined;
  return Object.keys(entries).find((key) => key.toLowerCase() === name.toLowerCase());
}

export type GivenReading = {
  values: GivenValue[];
  settings: Setting[];
  findings: Diagnostic[];
};

/**
 * The values of a source that its tools do not ask for, and the variables that they come from. Throws an InputError for names
 * that no tool sends (MCP215), and for numbers where the document has text, which would be sent as YAML reads them (MCP701).
 */
export function readGiven(
  context: Context,
  options: { id: string; parameters?: GivenEntries; manifest?: string },
  operations: readonly Operation[],
  tools: readonly HttpDraft[],
): GivenReading {
  const entries = Object.entries(options.parameters ?? {});
  const origin = (name: string): Origin => ({
    file: options.manifest ?? 'mcp.yaml',
    path: ['sources', options.id, 'parameters', name],
  });
  const sent = tools
    .flatMap(({ binding }) => binding.parameters ?? [])
    .filter((parameter) => parameter.given === true);
  const problems = [
    ...unknownNames(entries, sent, operations, origin),
    ...numbersForText(context, options.parameters ?? {}, operations, origin),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const findings = entries
    .filter(([name, value]) => isSecretName(name) && isWritten(value))
    .map(([name]) => diagnostic('MCP217', { name }, { origin: origin(name) }));
  const settings = entries.flatMap(([name, value]) => {
    const reference = typeof value === 'string' ? readReference(value) : undefined;
    const parameter = sent.find(({ argument }) => argument === name);
    if (!reference || !parameter) return [];
    const { env, fallback } = reference;
    const setting: Setting = {
      env,
      description: `Sent as ${parameter.in} ${name.slice(0, 60)}`,
      secret: isSecretName(name),
      required: fallback === undefined,
      ...(fallback !== undefined && fallback !== '' && { default: fallback }),
    };
    if (setting.secret) delete setting.default;
    return [setting];
  });
  const values = entries.map(([name, value]) => givenValue(name, value));
  return { values, settings, findings };
}

function givenValue(name: string, value: GivenEntries[string]): GivenValue {
  const reference = typeof value === 'string' ? readReference(value) : undefined;
  if (!reference) return { name, value };
  const { env, fallback } = reference;
  return { name, env, ...(fallback !== undefined && { fallback }) };
}

/** Whether the value, or what is sent where there is none, stands in mcp.yaml. */
function isWritten(value: GivenEntries[string]): boolean {
  const reference = typeof value === 'string' ? readReference(value) : undefined;
  return reference ? Boolean(reference.fallback) : true;
}

function unknownNames(
  entries: [string, unknown][],
  sent: readonly HttpParameter[],
  operations: readonly Operation[],
  origin: (name: string) => Origin,
): Diagnostic[] {
  const used = new Set(sent.map(({ argument }) => argument));
  const known = new Set(operations.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  return entries
    .filter(([name]) => !used.has(name))
    .map(([name]) => {
      const suggestion = known.has(name) ? undefined : closest(name, known);
      const fields = { name, ...(suggestion !== undefined && { suggestion }) };
      return diagnostic('MCP215', fields, { origin: origin(name) });
    });
}

function numbersForText(
  { references }: Context,
  entries: GivenEntries,
  operations: readonly Operation[],
  origin: (name: string) => Origin,
): Diagnostic[] {
  const wrong = new Set<string>();
  for (const parameter of operations.flatMap(({ parameters }) => parameters)) {
    const key = givenKey(entries, parameter);
    if (key === undefined || typeof entries[key] !== 'number' || !parameter.schema) continue;
    const schema = references.resolve(parameter.schema) ?? parameter.schema;
    if (child(schema, 'type').value === 'string') wrong.add(key);
  }
  return [...wrong].map((name) =>
    diagnostic(
      'MCP701',
      {
        where: origin(name).path.join('.'),
        why: `the document has it as text, and YAML reads ${String(entries[name])} as a number: write it in quotes`,
      },
      { origin: origin(name) },
    ),
  );
}
