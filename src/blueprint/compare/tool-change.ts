import { CHANGE_RULES, type ChangeClass, type ChangeCode } from './change.js';

/** A change before it has its id; `place` is the pointer as the id knows it. */
export type ToolChange = {
  code: ChangeCode;
  class: ChangeClass;
  pointer: string;
  place: string;
  message: string;
  before?: unknown;
  after?: unknown;
};

/** A change of the tool as a whole. */
export function toolChange(
  code: ChangeCode,
  pointer: string,
  message: string,
  values: { before?: unknown; after?: unknown } = {},
): ToolChange {
  return { code, class: CHANGE_RULES[code].input, pointer, place: pointer, message, ...values };
}
