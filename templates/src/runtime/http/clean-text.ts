/**
 * What a person does not see but a model reads: control characters except tab and line ends,
 * soft hyphens, zero-width and bidirectional marks, invisible operators, variation selectors,
 * and the tag characters that can spell hidden instructions.
 */
export const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** The text without invisible characters. */
export function cleanText(text: string): string {
  return text.replace(INVISIBLE, '');
}

/**
 * JSON text without invisible characters, neither plain nor as `\u` escapes. It stays valid JSON
 * with the same structure.
 */
export function cleanJsonText(json: string): string {
  const clean = cleanText(json);
  if (!clean.includes('\\u')) return clean;
  // A pair of backslashes is consumed first: what follows it is no escape.
  return clean.replace(/\\\\|(?:\\u[0-9a-fA-F]{4})+/g, (escapes) => {
    if (escapes === '\\\\') return escapes;
    const text = JSON.parse(`"${escapes}"`) as string;
    const visible = text.replace(INVISIBLE, (character) => (character < ' ' ? character : ''));
    return visible === text ? escapes : JSON.stringify(visible).slice(1, -1);
  });
}

/** At most `max` characters, without half a character at the end. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}
