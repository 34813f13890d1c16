import { createHash } from 'node:crypto';
/** SHA-256 (hex) of a text with LF line ends, so that a checkout with CRLF is not an edit. */
export function hashOf(text) {
    return createHash('sha256').update(withLf(text)).digest('hex');
}
/** The text with LF line ends. */
export function withLf(text) {
    return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}
