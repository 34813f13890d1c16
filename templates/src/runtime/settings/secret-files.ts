import { readFileSync, statSync } from 'node:fs';
import { SettingError, type Environment } from './settings.js';

/** A setting that may lie in a file. */
export type SecretSetting = {
  env: string;
  /** Looked for where neither the variable nor `<NAME>_FILE` is set; it need not be there. */
  file?: string;
};

const MAX_BYTES = 65_536;

/**
 * The environment with what lies in files: `<NAME>_FILE` names one, as container platforms give secrets. A variable that is set
 * itself wins. Throws SettingError, which names the variable and never a value.
 */
export function withSecretFiles(
  env: Environment,
  secrets: readonly SecretSetting[] = [],
): Environment {
  const found: Environment = {};
  for (const { env: name, file } of secrets) {
    if (env[name]) continue;
    const named = env[`${name}_FILE`]?.trim();
    const text = named ? read(named, `${name}_FILE`) : file && readIfThere(file, name);
    if (text) found[name] = text;
  }
  return { ...env, ...found };
}

function readIfThere(path: string, variable: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? undefined : read(path, variable);
}

function read(path: string, variable: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new SettingError(variable, 'names a file that is not there');
  if (!stats.isFile() || stats.size > MAX_BYTES)
    throw new SettingError(variable, `must name a file of at most ${MAX_BYTES} bytes`);
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new SettingError(variable, 'names a file that cannot be read');
  }
}
