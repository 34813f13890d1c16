import { UserInputError } from '../../../calls/user-input-error.js';

/** A piece of a statement. Put together again, pieces mean to every server what they mean here, whatever its settings are. */
export type Token = {
  kind: 'word' | 'name' | 'string' | 'number' | 'symbol' | 'parameter';
  /** As it is written out: without comments, quotes and escapes in one spelling. */
  text: string;
  /** A word in upper case, a symbol; empty for the rest. */
  key: string;
  /** What a word or a name stands for. */
  name: string;
  /** There was something that is no token before it. */
  spaced: boolean;
};

export function unreadable(what: string): UserInputError {
  return new UserInputError(`The statement cannot be read: ${what}.`);
}

export function notAllowed(what: string): UserInputError {
  return new UserInputError(
    `${what} is not allowed here. One SELECT (WITH, UNION and VALUES too) over the exposed tables is allowed.`,
  );
}

/** Whether it can be the name of something. */
export function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'name';
}

/** The tokens as one text. */
export function written(tokens: readonly Token[]): string {
  return tokens.map(({ text, spaced }, at) => (spaced && at > 0 ? ` ${text}` : text)).join('');
}

/** A token of our own that stands for any text. */
export function literally(text: string): Token {
  return { kind: 'symbol', text, key: '', name: '', spaced: true };
}
