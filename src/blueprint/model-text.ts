/**
 * Characters that a model reads and a person does not see: C0 and C1 controls, soft hyphen, zero-width, bidirectional,
 * invisible operators, variation selectors beyond emoji, language tags, byte order mark.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb]|[\u{1bca0}-\u{1bca3}\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

/** Most texts: nothing of them is invisible, and they are in NFC. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;

/** Text that gives orders to the reader instead of describing an operation. */
const INSTRUCTION =
  /\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:previous|prior|above|all|other|earlier)\b[^.]{0,20}\b(?:instruction|prompt|rule|message|tool)|<\/?(?:system|assistant)>|\b(?:do not|don't|never)\s+(?:tell|inform|mention|show|reveal)[^.]{0,30}\buser\b|\bbefore (?:using|calling|invoking) this tool\b|\byou (?:must|should) (?:always |first )?(?:call|invoke|run|read|send)\b[^.]{0,60}\b(?:tool|file|password|secret|conversation)s?\b|\bexfiltrat/i;

/** How many characters would be removed from the text because nobody can see them. */
export function countInvisible(text: string): number {
  if (PLAIN.test(text)) return 0;
  return text.replaceAll('\ufeff', '').match(INVISIBLE)?.length ?? 0;
}

/** Whether a value of JSON holds text, names included, with characters that nobody can see. */
export function holdsInvisible(value: unknown): boolean {
  if (typeof value === 'string') return !PLAIN.test(value) && value.search(INVISIBLE) >= 0;
  if (typeof value !== 'object' || value === null) return false;
  return (
    Object.values(value).some(holdsInvisible) ||
    (!Array.isArray(value) && Object.keys(value).some(holdsInvisible))
  );
}

/** A regular expression (flag `u`) that matches the same and shows what it is made of. */
export function visiblePattern(pattern: string): string {
  return pattern.replaceAll(INVISIBLE, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/** The part of a text, as `modelText` gives it, that reads like an instruction to a model; undefined where none does. */
export function instructionIn(text: string): string | undefined {
  return INSTRUCTION.exec(text)?.[0];
}

/** The part of a text that reads like an instruction to a model (tool poisoning), or undefined. */
export function suspiciousInstruction(text: string): string | undefined {
  // As it is written, and as a model gets to read it.
  return INSTRUCTION.exec(visibleText(text))?.[0] ?? INSTRUCTION.exec(modelText(text, 2_000))?.[0];
}

/** NFC, without invisible characters. */
export function visibleText(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(INVISIBLE, '').normalize('NFC');
}

/**
 * Prose of an input as a model should read it: visible characters only, Markdown links and HTML reduced to their text,
 * white space folded, at most `limit` characters, cut after a sentence or a word.
 */
export function modelText(text: string, limit: number): string {
  const head = text.length > limit * 8 ? text.slice(0, limit * 8) : text;
  const plain = visibleText(plainText(head))
    .replaceAll(/[ \t\r]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return withoutLooseEnd(shorten(plain, limit));
}

/** A heading that nothing follows any more, or a block of code that was cut before its end, says nothing. */
function withoutLooseEnd(text: string): string {
  if (!/[#`]/.test(text)) return text;
  const isOpen = (text.match(/^```/gm)?.length ?? 0) % 2 === 1;
  const start = isOpen ? text.lastIndexOf('```') : text.length;
  const whole = text.slice(0, start).trimEnd();
  const bare = whole.replace(/(?:\n+#{1,6}[ \t][^\n]{0,200})+$/, '');
  return bare === '' ? text : bare;
}

/** The same on one line. */
export function modelLine(text: string, limit: number): string {
  return shorten(modelText(text, limit * 2).replaceAll(/\s+/g, ' '), limit);
}

function plainText(text: string): string {
  if (!/[<[`&]/.test(text)) return text;
  return text
    .replaceAll(/<!--[^]*?(?:-->|$)|<(script|style)\b[^]*?<\/\1>/gi, '')
    .replaceAll(/<(?:br|\/p|\/li|\/tr|\/h\d)\s*\/?>/gi, '\n')
    .replaceAll(/<\/?[a-z][a-z0-9]*(?:\s[^<>]{0,500})?\/?>/gi, '')
    .replaceAll(/!?\[([^\][]{0,300})\]\([^()\s]{0,500}(?:\s"[^"]{0,200}")?\)/g, '$1')
    .replaceAll(/&([a-z]{2,6}|#\d{2,7}|#x[\da-f]{2,6});/gi, decoded);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['apos', "'"],
  ['bull', '•'],
  ['gt', '>'],
  ['hellip', '…'],
  ['ldquo', '“'],
  ['lsquo', '‘'],
  ['lt', '<'],
  ['mdash', '—'],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['quot', '"'],
  ['rdquo', '”'],
  ['rsquo', '’'],
]);

/** What a character reference stands for; invisible characters go afterwards, like all others. */
function decoded(whole: string, name: string): string {
  if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const sentence = Math.max(cut.lastIndexOf('. '), cut.lastIndexOf('.\n'), cut.lastIndexOf('\n\n'));
  if (sentence > limit / 2) return cut.slice(0, sentence + 1).trimEnd();
  const word = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
  const kept = (word > limit / 2 ? cut.slice(0, word) : cut).replace(/[\ud800-\udbff]$/, '');
  return `${kept
    .trimEnd()
    .replace(/[,;:([{-]+$/, '')
    .trimEnd()}…`;
}
