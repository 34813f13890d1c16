import { readSecret } from './security-schemes.js';
import type { GivenValue, HttpOperation } from './operation.js';
import type { Environment } from '../settings/settings.js';

/** What the parameters that no argument gives are sent with, by name. */
export type GivenValues = ReadonlyMap<string, unknown>;

export type GivenState = {
  values: GivenValues;
  /** Name → the variable that is not set. */
  missing: ReadonlyMap<string, string>;
  /** Name → the variable of a secret. */
  secretVariables: ReadonlyMap<string, string>;
  /** Values that must never leave in a text. */
  secrets: string[];
};

/** Reads what is given once; an empty text is a value that is not sent. Never throws. */
export function readGiven(given: readonly GivenValue[], env: Environment): GivenState {
  const values = new Map<string, unknown>();
  const missing = new Map<string, string>();
  const secretVariables = new Map<string, string>();
  const secrets: string[] = [];
  for (const entry of given) {
    if ('value' in entry) {
      values.set(entry.name, entry.value);
      continue;
    }
    const value = readSecret(env, entry.env) ?? entry.fallback;
    if (value === undefined) missing.set(entry.name, entry.env);
    else if (value !== '') values.set(entry.name, value);
    if (!entry.secret) continue;
    secretVariables.set(entry.name, entry.env);
    if (value) secrets.push(value);
  }
  return { values, missing, secretVariables, secrets };
}

/** The variables without which a request cannot be made as it is meant, as sentences. */
export function givenProblems({ parameters = [] }: HttpOperation, state: GivenState): string[] {
  const names = parameters.flatMap(({ given, argument }) =>
    given ? (state.missing.get(argument) ?? []) : [],
  );
  return names.length === 0 ? [] : [`Set ${[...new Set(names)].join(' and ')}.`];
}

/** The variables of the secrets that a request carries. */
export function givenVariables({ parameters = [] }: HttpOperation, state: GivenState): string[] {
  return parameters.flatMap(({ given, argument }) =>
    given ? (state.secretVariables.get(argument) ?? []) : [],
  );
}
