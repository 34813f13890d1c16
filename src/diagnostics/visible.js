const MAX_LINE = 400;
/** C0 and C1 controls, line separators, and characters that hide or reorder text (bidi, zero-width, tags). */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
/**
 * Foreign text as it may be shown on a terminal: escape sequences cannot act and nothing can hide. Line breaks and tabs
 * are escaped like everything else.
 */
export function visible(text) {
    return text.replace(HIDDEN, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
    });
}
/** Text for one line of output: runs of white space become one space, hidden characters are shown, length is capped. */
export function oneLine(text) {
    const line = visible(text.replace(/[ \t\r\n]+/g, ' '));
    return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
}
/** Foreign text with one `·` for each UTF-16 unit that must not act, so that columns stay where they are. */
export function maskHidden(text) {
    return text.replaceAll('\t', ' ').replace(HIDDEN, (character) => '·'.repeat(character.length));
}
