import type { Access } from '../auth/access.js';
import type { Environment } from '../settings/settings.js';
import { UserInputError } from '../calls/user-input-error.js';

/** An environment variable; or a claim of the caller's token, and the variable that stands in for it over stdio. */
export type SqlClaim = string | { token: string; env: string };

export type SqlClaims = {
  /** Which variables are missing, each a sentence; empty when none is. */
  problems: string[];
  /** Session settings for the one who calls. Throws UserInputError for a token without what the database goes by. */
  values: () => Record<string, string> | undefined;
};

/**
 * What databases decide by what is seen. Over HTTP nothing stands in for a claim: a caller without it sees nothing, rather than
 * what somebody else would see.
 */
export function readClaims(
  claims: Readonly<Record<string, SqlClaim>> = {},
  env: Environment,
  access: Access | undefined,
): SqlClaims {
  const read = Object.entries(claims).map(([setting, claim]) => {
    if (typeof claim === 'object' && access !== undefined) {
      return { setting, value: () => claimOf(access, claim.token) };
    }
    const variable = typeof claim === 'string' ? claim : claim.env;
    const text = env[variable];
    const problem = text === undefined ? `${variable} must be set: ${setting}.` : undefined;
    return { setting, problem, value: () => text ?? '' };
  });
  return {
    problems: read.flatMap(({ problem }) => problem ?? []),
    values: () =>
      read.length === 0
        ? undefined
        : Object.fromEntries(read.map(({ setting, value }) => [setting, value()])),
  };
}

function claimOf(access: Access, name: string): string {
  const value = access.claim(name);
  if (value !== undefined && value !== '') return value;
  throw new UserInputError(
    `The caller's token has no claim ${name}, by which the database decides what is seen. Nothing was asked.`,
  );
}
