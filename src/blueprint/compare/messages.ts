import type { Side } from './change.js';
import type { Found } from './report-pairs.js';
import { placeWords } from './place-words.js';

/** Longest value that is quoted. */
const MAX_QUOTED = 60;

/** One line for a person about a change inside of a schema. */
export function schemaMessage(found: Found, side: Side): string {
  return `${placeWords(found.pointer, side)} ${sentence(found)}`;
}

function sentence({ code, pointer, before, after }: Found): string {
  const keyword = pointer.slice(pointer.lastIndexOf('/') + 1);
  switch (code) {
    case 'argument-removed':
    case 'output-field-removed':
      return 'was removed';
    case 'argument-added':
    case 'output-field-added':
      return 'was added';
    case 'argument-added-required':
      return 'was added and is required';
    case 'argument-became-required':
    case 'output-field-became-required':
      return 'became required';
    case 'argument-became-optional':
    case 'output-field-became-optional':
      return 'is no longer required';
    case 'type-changed':
    case 'type-narrowed':
    case 'type-widened':
      return `changed its type from ${types(before)} to ${types(after)}`;
    case 'enum-value-removed':
      return `no longer allows ${list(before)}`;
    case 'enum-value-added':
      return `allows ${list(after)} as well`;
    case 'enum-added':
      return `allows only ${list(after)}`;
    case 'enum-removed':
      return `allows more than ${list(before)}`;
    case 'bound-tightened':
    case 'bound-loosened':
    case 'bound-changed':
      return change(keyword, before, after);
    case 'pattern-added':
    case 'pattern-removed':
    case 'pattern-changed':
      return change('pattern', before, after);
    case 'format-added':
    case 'format-removed':
    case 'format-changed':
      return change('format', before, after);
    case 'encoding-changed':
      return change('contentEncoding', before, after);
    case 'closed':
      return 'refuses members that are not listed';
    case 'opened':
      return 'accepts members that are not listed';
    case 'dependency-added':
      return `asks for members beside others: ${list(after)}`;
    case 'dependency-removed':
      return `no longer has members beside others: ${list(before)}`;
    case 'alternative-removed':
      return `lost an alternative: ${quoted(before)}`;
    case 'alternative-added':
      return `has an alternative more: ${quoted(after)}`;
    case 'members-listed':
      return 'took any member and now lists some';
    case 'members-unlisted':
      return 'listed its members and now takes any';
    case 'details-left-out':
      return 'cannot be compared: details were left out to keep the tool list short';
    case 'condition-added':
      return `has a new condition: ${keyword}`;
    case 'condition-removed':
      return `lost a condition: ${keyword}`;
    case 'condition-changed':
      return `changed in a way that cannot be decided: ${keyword}`;
    case 'default-changed':
      return change('default', before, after);
    case 'field-description-changed':
      return 'is described otherwise';
    case 'field-deprecated':
      return 'is deprecated now';
    case 'field-undeprecated':
      return 'is no longer deprecated';
    default:
      return 'changed';
  }
}

function change(what: string, before: unknown, after: unknown): string {
  const [old, now] = [quoted(before), quoted(after)];
  if (old === undefined) return `has ${what} ${now} now`;
  return now === undefined
    ? `no longer has ${what} ${old}`
    : `changed ${what} from ${old} to ${now}`;
}

/** A value as JSON, cut where it is long; undefined where there is none. */
function quoted(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text.length <= MAX_QUOTED ? text : `${text.slice(0, MAX_QUOTED - 1)}…`;
}

function list(values: unknown): string {
  const items = Array.isArray(values) ? (values as unknown[]) : [];
  const shown = items.slice(0, 5).map(quoted).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}

function types(names: unknown): string {
  return Array.isArray(names) && names.length > 0 ? names.join(' or ') : 'nothing';
}
