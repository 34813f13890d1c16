import { readInteger, type Environment } from '../settings/settings.js';

const RESULT_CHARS = { fallback: 100_000, min: 500, max: 5_000_000 };

/** Most characters of text in one result, of whatever kind the tool is. Throws SettingError. */
export function readResultLimit(env: Environment): number {
  return readInteger(env, 'RESULT_MAX_CHARS', RESULT_CHARS);
}
