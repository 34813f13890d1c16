import { cleanText, cutText } from '../http/clean-text.js';

/** Of base64 in one result: what goes over common connections in one message. */
const MAX_BINARY = 7_000_000;
const CUT = '\n[cut: the rest of this result was left out]';

export type Cleaning = {
  /** Characters of text that are left. */
  room: number;
  binaryRoom: number;
  /** Put before URIs that callers can ask for. */
  uriPrefix: string;
};

export function newCleaning(maxChars: number, uriPrefix = ''): Cleaning {
  return { room: maxChars, binaryRoom: MAX_BINARY, uriPrefix };
}

/** Foreign JSON without invisible characters. Names that reach into prototypes are left out. */
export function cleanValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      key === '__proto__' ? [] : [[cleanText(key), cleanValue(item)]],
    ),
  );
}

type Block = Record<string, unknown>;

/** A content block as callers may see it: visible text, up to what there is room for. */
export function cleanBlock(block: Block, cleaning: Cleaning): Block {
  const clean = cleanValue({ ...block, data: undefined, text: undefined, resource: undefined });
  const rest = withoutUndefined(clean as Block);
  if (typeof block['text'] === 'string')
    return { ...rest, text: cutToFit(block['text'], cleaning) };
  if (typeof block['data'] === 'string') {
    if (!fitsBinary(block['data'], cleaning)) return tooLarge(block['data']);
    return { ...rest, data: block['data'] };
  }
  if (typeof block['resource'] === 'object' && block['resource'] !== null) {
    const resource = cleanContents(block['resource'] as Block, cleaning);
    return 'uri' in resource ? { ...rest, resource } : tooLarge('');
  }
  if (block['type'] === 'resource_link') return { ...rest, uri: shownUri(rest['uri'], cleaning) };
  return rest;
}

/** What `resources/read` gives for one URI. */
export function cleanContents(contents: Block, cleaning: Cleaning): Block {
  const { text, blob } = contents;
  const clean = cleanValue({ ...contents, text: undefined, blob: undefined });
  const rest = withoutUndefined(clean as Block);
  const shown = { ...rest, uri: shownUri(rest['uri'], cleaning) };
  if (typeof text === 'string') return { ...shown, text: cutToFit(text, cleaning) };
  if (typeof blob !== 'string') return { ...shown, text: '' };
  if (fitsBinary(blob, cleaning)) return { ...shown, blob };
  return { ...shown, mimeType: 'text/plain', text: tooLarge(blob)['text'] };
}

function cutToFit(text: string, cleaning: Cleaning): string {
  const clean = cleanText(text);
  const room = Math.max(0, cleaning.room);
  cleaning.room -= clean.length;
  return clean.length <= room ? clean : cutText(clean, room) + CUT;
}

function fitsBinary(data: string, cleaning: Cleaning): boolean {
  if (data.length > cleaning.binaryRoom) return false;
  cleaning.binaryRoom -= data.length;
  return true;
}

function tooLarge(data: string): Block {
  return { type: 'text', text: `[left out: ${data.length} characters of base64 are too many]` };
}

function shownUri(uri: unknown, { uriPrefix }: Cleaning): string {
  return uriPrefix + String(uri);
}

function withoutUndefined(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined));
}
