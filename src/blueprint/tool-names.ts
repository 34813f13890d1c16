/** Longest name that common clients accept. */
export const MAX_NAME = 64;

/** Longest part of an input's name that is looked at. */
const MAX_READ = 1_000;

/** Words that a long name can do without. */
const FILLERS: ReadonlySet<string> = new Set([
  'a',
  'an',
  'and',
  'by',
  'for',
  'from',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

/** Letters that are no Latin letter with a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  Æ: 'Ae',
  Œ: 'Oe',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
};

/** What a name is made of. `id` is undefined where the input names nothing. */
export type NameSource = { id?: string; method: string; path: string };

/**
 * The name for one operation, before it is compared with others: `[a-zA-Z0-9_-]{1,64}`, from the input's own name where there
 * is one, else from method and path. Depends on nothing else, so it stays when operations are added.
 */
export function toolName(source: NameSource, prefix = ''): string {
  const base =
    source.id === undefined || clean(source.id) === ''
      ? fromPath(source)
      : clean(withoutPathSuffix(source.id, source));
  return shorten(prefix === '' ? base : `${clean(prefix)}_${base}`);
}

/** Makes names unique, upper and lower case being one: those that clash get a word from method and path, then a number. */
export function uniqueNames(sources: readonly NameSource[], prefix = ''): string[] {
  const plain = sources.map((source) => toolName(source, prefix));
  const groups = new Map<string, number[]>();
  plain.forEach((name, index) => {
    const key = name.toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const names = [...plain];
  const taken = new Set([...groups.keys()]);
  const counts = new Map<string, number>();
  for (const indexes of groups.values()) {
    // The first keeps the plain name: what is added later usually stands later.
    for (const index of indexes.slice(1)) {
      names[index] = unused(sources[index] as NameSource, prefix, taken, counts);
    }
  }
  return names;
}

function unused(
  source: NameSource,
  prefix: string,
  taken: Set<string>,
  counts: Map<string, number>,
): string {
  const long = [prefix, source.id ?? '', fromPath(source)].map(clean).filter(Boolean).join('_');
  const named = toolName({ method: source.method, path: source.path }, prefix);
  // The method alone, which is all that a path without words gives, says too little.
  const says = /[A-Za-z0-9]/.test(source.path);
  const candidates = [...(says ? [named] : []), shorten(long), withHash(long, long)];
  let name = candidates.find((candidate) => !taken.has(candidate.toLowerCase()));
  while (name === undefined) {
    const n = (counts.get(long) ?? 1) + 1;
    counts.set(long, n);
    const numbered = withHash(long, `${long} ${n}`);
    if (!taken.has(numbered.toLowerCase())) name = numbered;
  }
  taken.add(name.toLowerCase());
  return name;
}

function clean(text: string): string {
  return text
    .slice(0, MAX_READ)
    .replaceAll(/[ßæœøłđÆŒØŁĐ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/(?<=[A-Za-z])['’](?=[A-Za-z])/g, '')
    .replaceAll(/[^A-Za-z0-9_-]+/g, '_')
    .replaceAll(/_{2,}/g, '_')
    .replaceAll(/^[_-]+|[_-]+$/g, '');
}

/** Some frameworks append path and method to the function's name (`read_users_users__get`, `listUsersUsingGET_1`). */
function withoutPathSuffix(id: string, { method, path }: NameSource): string {
  if (id.length > MAX_READ) return id;
  const [, named, used] = /^(.+)Using([A-Z]{3,7})(?:_\d{1,4})?$/.exec(id) ?? [];
  if (named !== undefined && used === method) return named;
  if (!id.endsWith(`_${method.toLowerCase()}`)) return id;
  const suffix = `_${path.replaceAll(/\W/g, '_').replaceAll(/^_/g, '')}_${method.toLowerCase()}`;
  const pattern = suffix.replaceAll(/_+/g, '_+');
  const short = id.replace(new RegExp(`${pattern}$`), '');
  return short === '' ? id : short;
}

/** `GET /users/{id}/repos` → `get_users_by_id_repos`. */
function fromPath({ method, path }: NameSource): string {
  const words = path
    .replace(/[?#].*$/, '')
    .split('/')
    .flatMap((segment) => segment.split(/(\{[^{}]*\})/))
    .filter(Boolean)
    .map((part) => (part.startsWith('{') ? `by_${clean(part)}` : clean(part)))
    .filter((word) => word !== '' && word !== 'by_');
  return clean([method.toLowerCase(), ...words].join('_'));
}

/** Shortens by meaning: first words that say nothing or stand twice, then the tail, marked by a hash of the whole. */
function shorten(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const words = splitWords(name);
  const seen = new Set<string>();
  const telling = words.filter(({ text }) => {
    const word = text.toLowerCase();
    const isNew = !seen.has(word);
    seen.add(word);
    return isNew && !FILLERS.has(word);
  });
  const short = telling
    .map(({ text, before }) => before + text)
    .join('')
    .replace(/^[_-]+/, '');
  return short.length <= MAX_NAME && short !== ''
    ? short
    : withHash(short === '' ? name : short, name);
}

function splitWords(name: string): { text: string; before: string }[] {
  return [...name.matchAll(/([_-]*)([A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[A-Z]|[0-9]+)/g)].map(
    ([, before = '', text = '']) => ({
      text,
      before,
    }),
  );
}

function withHash(name: string, whole: string): string {
  const hash = fnv1a(whole).toString(36).padStart(7, '0').slice(-6);
  return `${name.slice(0, MAX_NAME - 7).replace(/[_-]+$/, '')}_${hash}`;
}

function fnv1a(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}
