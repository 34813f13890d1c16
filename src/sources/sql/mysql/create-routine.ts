import type { FunctionModel } from '../model.js';
import { isSameName, needTable } from './catalogue.js';
import type { Context } from './context.js';
import {
  accept,
  acceptOne,
  group,
  isAtEnd,
  isNext,
  name,
  peek,
  peekKey,
  qualifiedName,
  splitAtCommas,
  SqlSyntaxError,
} from '../cursor.js';
import type { Cursor } from '../cursor.js';
import { parseType } from './parse-type.js';

/** Carries out CREATE FUNCTION and CREATE PROCEDURE, the cursor behind these words: the signature, not the body. */
export function createRoutine(
  context: Context,
  kind: 'function' | 'procedure',
  isReplaced: boolean,
): void {
  const { cursor, catalogue } = context;
  const mayExist = accept(cursor, 'IF', 'NOT', 'EXISTS');
  const named = qualifiedName(cursor);
  const existing = catalogue.routines.find(
    (routine) => routine.kind === kind && isSameName(routine.name, named.name),
  );
  if (existing && mayExist) return;
  if (existing && !isReplaced) throw new SqlSyntaxError(`there is a ${kind} ${named.name} already`);
  // Without parentheses it is a function of a shared library, or one of Oracle's mode without arguments.
  const args = isNext(cursor, '(') ? splitAtCommas(group(cursor)) : [];
  const routine: FunctionModel = {
    ...{ name: named.name, kind, volatility: 'volatile' },
    arguments: args
      .filter((tokens) => tokens.length > 0)
      .map((tokens) => argument({ ...cursor, tokens, at: 0 })),
  };
  if (acceptOne(cursor, 'RETURNS', 'RETURN')) routine.returns = parseType(cursor).type.sql;
  characteristics(cursor, routine);
  catalogue.routines = catalogue.routines.filter((other) => other !== existing);
  catalogue.routines.push({ ...routine, database: named.database ?? catalogue.database });
}

function argument(cursor: Cursor): FunctionModel['arguments'][number] {
  const mode = acceptOne(cursor, 'IN', 'OUT', 'INOUT');
  const argumentName = name(cursor, 'the name of an argument');
  const { type } = parseType(cursor);
  const isOut = mode === 'OUT' || mode === 'INOUT';
  return { name: argumentName, type, ...(isOut && { mode: mode === 'OUT' ? 'out' : 'inout' }) };
}

/** What a routine says of itself before its body. The server does not verify it. */
function characteristics(cursor: Cursor, routine: FunctionModel): void {
  let isDeterministic = false;
  let access: 'reads' | 'none' | undefined;
  while (!isAtEnd(cursor)) {
    if (accept(cursor, 'COMMENT')) {
      const comment = peek(cursor)?.text ?? '';
      if (comment !== '') routine.comment = comment;
      cursor.at += 1;
    } else if (accept(cursor, 'NOT', 'DETERMINISTIC') || accept(cursor, 'LANGUAGE', 'SQL'))
      continue;
    else if (accept(cursor, 'DETERMINISTIC')) isDeterministic = true;
    else if (accept(cursor, 'READS', 'SQL', 'DATA')) access = 'reads';
    else if (accept(cursor, 'NO', 'SQL')) access = 'none';
    else if (accept(cursor, 'CONTAINS', 'SQL') || accept(cursor, 'MODIFIES', 'SQL', 'DATA'))
      continue;
    else if (accept(cursor, 'SQL', 'SECURITY')) cursor.at += 1;
    else if (!acceptOne(cursor, 'CHARSET', 'CHARACTER', 'COLLATE')) break;
  }
  if (access) routine.volatility = access === 'none' && isDeterministic ? 'immutable' : 'stable';
}

/** Carries out CREATE TRIGGER, the cursor behind these words: its name, at its table. */
export function createTrigger({ cursor, catalogue }: Context): void {
  accept(cursor, 'IF', 'NOT', 'EXISTS');
  const trigger = qualifiedName(cursor).name;
  while (!isAtEnd(cursor) && peekKey(cursor) !== 'ON') cursor.at += 1;
  accept(cursor, 'ON');
  const table = needTable(catalogue, qualifiedName(cursor));
  table.triggers = table.triggers.filter((other) => !isSameName(other, trigger));
  table.triggers.push(trigger);
}
