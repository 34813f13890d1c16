import { UserInputError } from '../../../calls/user-input-error.js';
import { notAllowed, type Token } from './token.js';

const STARTS = new Set(['SELECT', 'WITH', 'VALUES']);

/** The tokens of one statement that reads, without a semicolon at its end. Throws UserInputError for any other, and where values are missing. */
export function oneSelect(tokens: readonly Token[], parameters: number): Token[] {
  let end = tokens.length;
  while (tokens[end - 1]?.key === ';') end -= 1;
  const statement = tokens.slice(0, end);
  const [first] = statement;
  if (first === undefined) throw new UserInputError('There is no statement.');
  if (statement.some(({ key }) => key === ';')) {
    throw new UserInputError('Only one statement can be run at a time.');
  }
  const start = statement.find(({ key }) => key !== '(');
  if (start === undefined || !STARTS.has(start.key)) {
    throw notAllowed(first.key === '' ? 'This' : first.key);
  }
  const used = statement.filter(({ kind }) => kind === 'parameter').length;
  if (used !== parameters) {
    throw new UserInputError(
      `The statement has ${used} ${used === 1 ? 'parameter' : 'parameters'} (?), but parameters has ${parameters}.`,
    );
  }
  return statement;
}
