import { readChoice, type Environment } from './settings/settings.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const FORMATS = ['text', 'json'] as const;
type Level = (typeof LEVELS)[number];
type Fields = Record<string, string | number | boolean | undefined>;
type Settings = { level: Level; format: (typeof FORMATS)[number]; write: (line: string) => void };

let settings: Settings = {
  level: 'info',
  format: 'text',
  // stdout belongs to the protocol when the transport is stdio.
  write: (line) => process.stderr.write(line),
};
let redactor = (text: string): string => text;

/** Reads LOG_LEVEL (debug, info, warn, error) and LOG_FORMAT (text, json). Throws SettingError. */
export function configureLog(env: Environment, write: Settings['write'] = settings.write): void {
  settings = {
    level: readChoice(env, 'LOG_LEVEL', LEVELS, 'info'),
    format: readChoice(env, 'LOG_FORMAT', FORMATS, 'text'),
    write,
  };
}

/** Registers what takes secrets out of everything that is logged or passes through `redact`. */
export function setRedactor(remove: (text: string) => string): void {
  redactor = remove;
}

/** The text without any known secret. */
export function redact(text: string): string {
  return redactor(text);
}

/** Writes one line per event to stderr. */
export const log = {
  debug: (message: string, fields?: Fields) => write('debug', message, fields),
  info: (message: string, fields?: Fields) => write('info', message, fields),
  warn: (message: string, fields?: Fields) => write('warn', message, fields),
  error: (message: string, fields?: Fields) => write('error', message, fields),
};

/** Message and stack of anything that was thrown; for the log only, never for a caller. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (cause: ${describeError(error.cause)})`;
  return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
}

function write(level: Level, message: string, fields: Fields = {}): void {
  if (!isLogged(level)) return;
  const time = new Date().toISOString();
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const line =
    settings.format === 'json'
      ? JSON.stringify({ time, level, message, ...Object.fromEntries(given) })
      : [
          time,
          level.toUpperCase().padEnd(5),
          oneLine(message),
          ...given.map(([name, value]) => `${name}=${JSON.stringify(value)}`),
        ].join(' ');
  settings.write(`${redact(line)}\n`);
}

/** Whether events of the level are written: what is costly to find out need not be otherwise. */
export function isLogged(level: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(settings.level);
}

// Text from outside must not be able to start a line of its own in the log.
function oneLine(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
