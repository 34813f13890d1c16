import type { ToolAnnotations } from '../../blueprint/types.js';
import type { Operation } from './operation.js';

/** First words of operations that add something or only look, whatever their method. */
const HARMLESS =
  /^(?:add|analy[sz]e|append|autocomplete|batch[ _-]?get|calculate|check|classify|compare|compute|convert|count|create|describe|detect|estimate|evaluate|export|extract|fetch|find|generate|get|import|insert|invite|list|lookup|match|new|parse|post|predict|preview|query|read|recognize|register|render|retrieve|search|send|simulate|start|submit|subscribe|suggest|summarize|test|transcribe|translate|upload|validate|verify|visualize)/i;

/** Words that name a change. Nouns that read like one (`post`, `run`, `upload`) are not among them. */
const CHANGING: ReadonlySet<string> = new Set([
  'append',
  'cancel',
  'create',
  'delete',
  'destroy',
  'disable',
  'edit',
  'enable',
  'insert',
  'kill',
  'modify',
  'move',
  'purge',
  'reboot',
  'remove',
  'rename',
  'reset',
  'restart',
  'revoke',
  'save',
  'send',
  'set',
  'shutdown',
  'start',
  'stop',
  'terminate',
  'trigger',
  'update',
]);

/** Words that say of a name that begins like a change that it only looks: `UpdateRuns_List`. */
const LOOKING: ReadonlySet<string> = new Set([
  'check',
  'count',
  'describe',
  'export',
  'fetch',
  'find',
  'get',
  'history',
  'info',
  'list',
  'query',
  'read',
  'retrieve',
  'search',
  'show',
  'status',
  'view',
]);

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/**
 * Hints by method (RFC 9110 §9.2): what is safe, what may be repeated, and what may destroy, which is assumed when in doubt.
 * APIs that are called by GET alone say in their names what they change.
 */
export function annotationsOf(operation: Operation): ToolAnnotations {
  const { method, id, summary } = operation;
  const isSafe = SAFE.has(method);
  if (isSafe && !saysChange(operation)) return { readOnlyHint: true, openWorldHint: true };
  const isIdempotent = method === 'DELETE' || method === 'PUT';
  const verb = [id?.split(/[/.:]/).at(-1), summary].find(
    (text) => text !== undefined && text !== '',
  );
  const isHarmless =
    (method === 'POST' || isSafe) && (verb === undefined || HARMLESS.test(verb.trim()));
  return {
    readOnlyHint: false,
    destructiveHint: !isHarmless,
    ...(isIdempotent && { idempotentHint: true }),
    openWorldHint: true,
  };
}

/** Whether two of the name, the path and the summary begin with a change, and none speaks of looking. */
function saysChange({ id = '', path, summary = '' }: Operation): boolean {
  const own = id
    .split(/[/.:]/)
    .at(-1)
    ?.replace(/Using[A-Z]+(?:_\d+)?$/, '');
  const name = words(own ?? '');
  const said = (words(summary.slice(0, 80))[0] ?? '').replace(/s$/, '');
  if ([...name, said].some((word) => LOOKING.has(word))) return false;
  const inPath = path.split(/[/:]/).some((segment) => CHANGING.has(words(segment)[0] ?? ''));
  const witnesses = [CHANGING.has(name[0] ?? ''), inPath, CHANGING.has(said)];
  return witnesses.filter(Boolean).length >= 2;
}

/** `deletePad_v2` → `delete`, `pad`, `v2`. */
function words(text: string): string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
