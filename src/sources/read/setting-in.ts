import { readFileSync, statSync } from 'node:fs';
import { diagnostic } from '../../diagnostics/catalog.js';
import { InputError } from '../../diagnostics/diagnostic.js';
import type { Reference } from '../reference.js';

const MAX_BYTES = 65_536;

/**
 * What an emitted server would take for a reference, for commands that ask for the same: the variable, else the file that
 * `<NAME>_FILE` names, else the one of the reference; undefined where there is none of them. Throws an InputError (MCP732) for a
 * file that cannot be read.
 */
export function settingIn(
  { env: variable, file }: Reference,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const given = env[variable]?.trim();
  if (given) return given;
  const named = env[`${variable}_FILE`]?.trim();
  if (named) return read(named, variable);
  const isThere = file !== undefined && statSync(file, { throwIfNoEntry: false }) !== undefined;
  return isThere ? read(file, variable) : undefined;
}

function read(path: string, variable: string): string | undefined {
  const refuse = (why: string): never => {
    throw new InputError([diagnostic('MCP732', { variable, file: path, why })]);
  };
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return refuse('it is not there');
  if (!stats.isFile() || stats.size > MAX_BYTES)
    return refuse(`it is no file of at most ${MAX_BYTES} bytes`);
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch {
    return refuse('it may not be read');
  }
}
