import type { JsonSchema, ToolAnnotations } from '../types.js';

/** A tool as `mcp.tools.json` holds it, with what else is known of it. */
export type SurfaceTool = {
  name: string;
  title?: string;
  description?: string;
  annotations?: ToolAnnotations;
  inputSchema: JsonSchema;
  outputSchema?: JsonSchema;
  /** Source id, method and path, e.g. `petstore GET /pets/{id}`; what makes two names one tool. */
  operation?: string;
  /**
   * Alternatives of scheme → scopes, as in `HttpBinding.security`; `[]` is none needed. Compared only where both sides
   * have it: absent is not known.
   */
  security?: unknown;
  /**
   * How each argument leaves, and under names in brackets what else there is to a request: see `describeRequest`. Compared
   * only where both sides have it.
   */
  request?: Readonly<Record<string, string>>;
  /** As in Tool; compared only where both sides have it. */
  inputDigest?: string;
  /** Toolsets of which one must be switched on before it is listed. */
  off?: readonly string[];
  /** OAuth scopes that its caller's token needs over HTTP; absent where no token is asked for. */
  scopes?: readonly string[];
};

export type ChangeClass = 'breaking' | 'risky' | 'safe' | 'unknown';

export type Change = {
  /**
   * Made of code, tool, place and the values before and after, in 12 hexadecimal digits. The same change of the same tool
   * has the same id wherever it stands in a file, so that it can be approved once.
   */
  id: string;
  class: ChangeClass;
  code: ChangeCode;
  /** Name after the change, before it where the tool is gone; `prompt greet`, `resource docs://guide` for what is no tool. */
  tool: string;
  /** JSON pointer below the tool on the way that a caller goes: references are followed, `$defs` never named. */
  pointer: string;
  /** One line for a person. */
  message: string;
  before?: unknown;
  after?: unknown;
};

/** Which way values go: callers write inputs and read outputs, so that what widens one breaks the other. */
export type Side = 'input' | 'output';

type Rule = {
  input: ChangeClass;
  output: ChangeClass;
  /** What it means for who calls the tool, for `explain`. */
  explain: string;
};

const both = (kind: ChangeClass, explain: string): Rule => ({
  input: kind,
  output: kind,
  explain,
});

/** Every kind of change, and its class on either side where it is certain. */
export const CHANGE_RULES = {
  'tool-removed': both('breaking', 'The tool is gone: calls of it fail.'),
  'tool-renamed': both(
    'breaking',
    'The same operation has another name: calls by the old one fail.',
  ),
  'tool-added': both('safe', 'There is one tool more.'),
  'tool-switched-off': both(
    'breaking',
    'The tool is in a toolset that is off at first: it is not listed, and calls fail until somebody switches the set on.',
  ),
  'tool-switched-on': both('safe', 'The tool is listed without anybody switching its toolset on.'),
  'toolset-moved': both(
    'risky',
    'The tool is off at first as before, but another toolset has to be switched on for it.',
  ),
  'tool-deprecated': both(
    'safe',
    'The tool works as before; its description says that it will go, and what to use instead where that is known.',
  ),
  'resource-removed': both('breaking', 'Nothing can be read under the URI any more.'),
  'resource-moved': both(
    'breaking',
    'The resource of that name has another URI, or another template of URIs: who reads by the old one finds nothing.',
  ),
  'resource-renamed': both(
    'risky',
    'The same URI has another name: people and clients may choose by it.',
  ),
  'resource-type-changed': both(
    'risky',
    'What is read is of another type than its readers expect.',
  ),
  'resource-added': both('safe', 'There is one resource more.'),
  'prompt-removed': both('breaking', 'The prompt is gone: who asks for it gets an error.'),
  'prompt-added': both('safe', 'There is one prompt more.'),
  'operation-moved': both(
    'risky',
    'The tool keeps its name, but calls another method or path: it may do something else.',
  ),
  'title-changed': both('risky', 'Models and people choose by titles.'),
  'description-changed': both('risky', 'Models and people choose by descriptions.'),
  'read-only-lost': both(
    'risky',
    'Clients may have called it without asking because it only read.',
  ),
  'read-only-gained': both('safe', 'The tool now says that it only reads.'),
  'destructive-gained': both('risky', 'The tool may now destroy something: clients may ask first.'),
  'destructive-lost': both('safe', 'The tool no longer says that it may destroy something.'),
  'idempotent-lost': both('risky', 'Clients may have repeated calls because that changed nothing.'),
  'idempotent-gained': both('safe', 'The tool now says that repeating a call changes nothing.'),
  'open-world-changed': both(
    'safe',
    'The tool says otherwise whether it reaches the outside world.',
  ),
  'request-changed': both(
    'safe',
    'The tool takes the same, and sends it in another form or to another place: the API expects that now.',
  ),
  'scope-added': both('risky', 'Credentials that sufficed may lack a scheme or a scope.'),
  'scope-removed': both('safe', 'The tool needs fewer credentials or scopes.'),
  'caller-scope-added': both(
    'breaking',
    'Over HTTP who calls the tool, reads the resource or gets the prompt needs a token, or a scope more in it: requests that had enough are refused.',
  ),
  'caller-scope-removed': both(
    'risky',
    'Over HTTP more callers may call the tool, read the resource or get the prompt than before: nothing breaks, but look whether they should.',
  ),
  'output-schema-removed': both(
    'breaking',
    'Results are no longer described: who relied on fields cannot.',
  ),
  'output-schema-added': both('safe', 'Results are described now.'),
  'argument-removed': both(
    'breaking',
    'Calls that give the argument are refused, or it has no effect.',
  ),
  'argument-added': both('safe', 'There is one optional argument more.'),
  'argument-added-required': both(
    'breaking',
    'Calls of before lack the new argument. A default does not save it: defaults are not filled in before the check.',
  ),
  'argument-became-required': both('breaking', 'Calls without the argument are refused.'),
  'argument-became-optional': both('safe', 'The argument may be left out now.'),
  'output-field-removed': both('breaking', 'Who reads the field finds nothing.'),
  'output-field-added': both('safe', 'Results have one field more.'),
  'output-field-unlisted': both(
    'safe',
    'Results still have the field, but the list of their fields, which is kept short, does not show it any more.',
  ),
  'output-field-became-optional': both('breaking', 'The field may be missing.'),
  'output-field-became-required': both('safe', 'The field is always there now.'),
  'type-changed': both(
    'breaking',
    'Values of the old type are refused, or values of a new type come back.',
  ),
  'type-narrowed': {
    input: 'breaking',
    output: 'safe',
    explain: 'Fewer types are allowed: arguments of the others are refused.',
  },
  'type-widened': {
    input: 'safe',
    output: 'breaking',
    explain:
      'More types are allowed: results may have a type that their readers do not expect, null among them.',
  },
  'integer-widened': {
    input: 'safe',
    output: 'risky',
    explain:
      'The document calls it a 64-bit integer now. Numbers stay numbers; only one that a double cannot hold comes as text, as it ' +
      'did before.',
  },
  'enum-value-removed': {
    input: 'breaking',
    output: 'safe',
    explain: 'A value that was allowed is refused.',
  },
  'enum-value-added': {
    input: 'safe',
    output: 'risky',
    explain: 'One value more is allowed; readers of results may not know it.',
  },
  'enum-added': {
    input: 'breaking',
    output: 'safe',
    explain: 'Only some values are allowed where others were before.',
  },
  'enum-removed': {
    input: 'safe',
    output: 'risky',
    explain: 'Other values than those that were listed are allowed.',
  },
  'bound-tightened': {
    input: 'breaking',
    output: 'safe',
    explain: 'Values beyond the new bound were allowed and are refused.',
  },
  'bound-loosened': {
    input: 'safe',
    output: 'risky',
    explain: 'Values beyond the old bound are allowed.',
  },
  'bound-changed': {
    input: 'breaking',
    output: 'risky',
    explain: 'The bound moved so that some values are newly refused and others newly allowed.',
  },
  'pattern-added': {
    input: 'breaking',
    output: 'safe',
    explain: 'Text must match a pattern that it had not to match.',
  },
  'pattern-removed': { input: 'safe', output: 'risky', explain: 'Text need not match any more.' },
  'pattern-changed': {
    input: 'breaking',
    output: 'unknown',
    explain:
      'Text must match another pattern. Known to break only where a text was found that matched the old one and does not match ' +
      'the new one.',
  },
  'format-added': {
    input: 'breaking',
    output: 'safe',
    explain: 'Text must have a format that it had not to have.',
  },
  'format-removed': { input: 'safe', output: 'risky', explain: 'Text need not have the format.' },
  'format-changed': both(
    'breaking',
    'Text of the old format is refused, or another format comes back.',
  ),
  'encoding-changed': both('breaking', 'Text is read as bytes in another encoding than before.'),
  closed: {
    input: 'breaking',
    output: 'safe',
    explain: 'Members that are not listed were accepted and are refused.',
  },
  opened: both('safe', 'Members that are not listed are accepted.'),
  'dependency-added': {
    input: 'breaking',
    output: 'safe',
    explain: 'An argument asks for another one beside it.',
  },
  'dependency-removed': {
    input: 'safe',
    output: 'breaking',
    explain: 'A member comes without the one that was always beside it.',
  },
  'alternative-added': {
    input: 'safe',
    output: 'risky',
    explain: 'A value may have one shape more; readers of results may not know it.',
  },
  'alternative-removed': {
    input: 'breaking',
    output: 'safe',
    explain: 'A value may no longer have one of its shapes.',
  },
  'input-described-otherwise': both(
    'safe',
    'The document says something else of the arguments, and neither what the tool takes nor what it sends is another for that. ' +
      'Unknown where parts of the schema were left out to keep the tool list short: it may be one of those.',
  ),
  'members-listed': both(
    'unknown',
    'An object that took any member now lists some. What callers gave under those names may not fit.',
  ),
  'members-unlisted': both(
    'unknown',
    'An object that listed its members takes any now. Whether the old ones still mean something cannot be known.',
  ),
  'details-left-out': both(
    'unknown',
    'One of the two schemas was cut to keep the tool list within its budget: what was cut cannot be compared.',
  ),
  'condition-added': {
    input: 'unknown',
    output: 'safe',
    explain: 'A condition (not, if, contains, oneOf, …) was added: it may refuse values or none.',
  },
  'condition-removed': {
    input: 'safe',
    output: 'unknown',
    explain: 'A condition (not, if, contains, oneOf, …) fell away: more values may be allowed.',
  },
  'condition-changed': both(
    'unknown',
    'What stands under not, if, contains, oneOf and the like differs; whether it allows less cannot be decided.',
  ),
  'default-changed': {
    input: 'risky',
    output: 'safe',
    explain: 'Who leaves the argument out may get something else.',
  },
  'field-description-changed': both('safe', 'An argument or a field is described otherwise.'),
  'field-deprecated': both('safe', 'An argument or a field is marked as going away.'),
  'field-undeprecated': both('safe', 'An argument or a field is no longer marked as going away.'),
} as const satisfies Record<string, Rule>;

export type ChangeCode = keyof typeof CHANGE_RULES;
