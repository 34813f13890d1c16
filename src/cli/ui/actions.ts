import type { Action, Step } from '../../workspace/reconcile.js';
import { plural } from './report-skipped.js';

/** Actions that change a file, in the order in which they are told. */
const CHANGES: readonly Action[] = ['conflict', 'create', 'restore', 'update', 'merge', 'delete'];

/** Steps that write or delete something, or would if they could. */
export function changes(steps: readonly Step[]): Step[] {
  return CHANGES.flatMap((action) => steps.filter((step) => step.action === action));
}

/** Steps that give a file its content. */
export function writtenSteps(steps: readonly Step[]): Step[] {
  return steps.filter(({ action }) => ['create', 'restore', 'update', 'merge'].includes(action));
}

/** Kept files that are worth a word: edited, no longer generated, deleted. */
export function notes(steps: readonly Step[]): Step[] {
  return steps.filter(({ action, reason }) => action === 'keep' && reason !== '');
}

/** `create 12 files`, one line for each action that occurs. */
export function countActions(steps: readonly Step[]): string[] {
  return CHANGES.flatMap((action) => {
    const count = steps.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`  ${action} ${plural(count, 'file')}`];
  });
}

/** `update   src/a.ts  (reason)`, aligned. */
export function stepLine({ action, path, reason }: Step): string {
  return `${action.padEnd(9)} ${path}${reason === '' ? '' : `  (${reason})`}`;
}
