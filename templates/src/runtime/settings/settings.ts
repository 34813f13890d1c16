export type Environment = Record<string, string | undefined>;

/** A setting that cannot be used: the message names the variable and says what it must be. */
export class SettingError extends Error {
  readonly variable: string;

  constructor(variable: string, message: string) {
    super(`${variable} ${message}`);
    this.name = 'SettingError';
    this.variable = variable;
  }
}

export type IntegerRange = { fallback: number; min: number; max: number };

/** A whole number in decimal digits; an unset or empty variable gives `fallback`. Throws SettingError. */
export function readInteger(env: Environment, variable: string, range: IntegerRange): number {
  const text = env[variable]?.trim();
  if (!text) return range.fallback;
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range.min && value <= range.max) return value;
  throw new SettingError(
    variable,
    `must be a whole number from ${range.min} to ${range.max}, not ${quote(text)}`,
  );
}

/** One of a closed set of words, in any case; an unset or empty variable gives `fallback`. Throws SettingError. */
export function readChoice<Choice extends string, Fallback extends Choice | undefined>(
  env: Environment,
  variable: string,
  choices: readonly Choice[],
  fallback: Fallback,
): Choice | Fallback {
  const text = env[variable]?.trim();
  if (!text) return fallback;
  const chosen = choices.find((choice) => choice === text.toLowerCase());
  if (chosen !== undefined) return chosen;
  throw new SettingError(variable, `must be one of ${choices.join(', ')}, not ${quote(text)}`);
}

/** Entries separated by commas or white space, in their order and without empty ones. */
export function readList(env: Environment, variable: string): string[] {
  return (env[variable] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}

function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
