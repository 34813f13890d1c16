import { readChoice, type Environment } from './settings.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const FORMATS = ['text', 'json'] as const;
const HIDDEN = '***';

/** Shorter values would blank out ordinary words. */
const SHORTEST_SECRET = 4;

type Level = (typeof LEVELS)[number];
type Fields = Record<string, string | number | boolean | undefined>;
type Settings = { level: Level; format: (typeof FORMATS)[number]; write: (line: string) => void };

let settings: Settings = {
  level: 'info',
  format: 'text',
  // stdout belongs to the protocol when the transport is stdio.
  write: (line) => process.stderr.write(line),
};
let secrets: string[] = [];

/** Reads LOG_LEVEL (debug, info, warn, error) and LOG_FORMAT (text, json). Throws SettingError. */
export function configureLog(env: Environment, write: Settings['write'] = settings.write): void {
  settings = {
    level: readChoice(env, 'LOG_LEVEL', LEVELS, 'info'),
    format: readChoice(env, 'LOG_FORMAT', FORMATS, 'text'),
    write,
  };
}

/** Every value given here is replaced by `***` in all that is logged or sent through `redact`, also URL-encoded and in base64. */
export function setSecrets(values: readonly string[]): void {
  const forms = values
    .filter((value) => value.length >= SHORTEST_SECRET)
    .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]);
  // Longest first: a secret that contains another one must not leave its rest behind.
  secrets = [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** The text without any known secret. */
export function redact(text: string): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, HIDDEN);
  return clean;
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
  if (LEVELS.indexOf(level) < LEVELS.indexOf(settings.level)) return;
  const time = new Date().toISOString();
  const text = redact(message);
  // Before quoting, which would change a secret that holds quotes or backslashes.
  const clean = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value] as const);
  const line =
    settings.format === 'json'
      ? JSON.stringify({ time, level, message: text, ...Object.fromEntries(clean) })
      : [
          time,
          level.toUpperCase().padEnd(5),
          oneLine(text),
          ...clean.map(([name, value]) => `${name}=${JSON.stringify(value)}`),
        ].join(' ');
  settings.write(`${line}\n`);
}

// Text from outside must not be able to start a line of its own in the log.
function oneLine(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
