import { visible } from '../diagnostics/visible.js';
import { cut } from './emit.js';

/**
 * Foreign text inside a Markdown paragraph, list item or table cell: one line that shows as it reads, without links,
 * HTML or emphasis. What would become a link by itself, an address or `@name`, is code: nothing need be replaced in there.
 */
export function markdownText(text: string, limit = 300): string {
  return cut(visible(text.replace(/\s+/gu, ' ')).trim(), limit)
    .split(' ')
    .map((word) => (WOULD_LINK.test(word) ? linkless(word) : escaped(word)))
    .join(' ')
    .replace(/^([-+=#!]|\d+[.)])/, '\\$1');
}

/** What renderers make links of without being asked: addresses, `www.`, mail, names of people. */
const WOULD_LINK = /:\/\/|\bwww\.|@\w/i;

/** A bar cannot stand in code inside a table and outside of one alike, nor can backticks without longer fences: these are spelt. */
function linkless(word: string): string {
  if (/[|`\\]/.test(word)) return spelt(escaped(word));
  const [, before = '', address = '', after = ''] =
    /^([("'[{]*)(.*?)([)\]}"'.,;:!?]*)$/u.exec(word) ?? [];
  return `${escaped(before)}${markdownCode(address)}${escaped(after)}`;
}

function spelt(text: string): string {
  return text
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, 'www&#46;')
    .replace(/@(?=\w)/g, '&#64;');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*[\]|~>$]|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_/g, '\\$&');
}

/** A code span that shows `text` on one line; safe inside a table. */
export function markdownCode(text: string): string {
  const line = visible(text.replace(/\s+/gu, ' '));
  if (line.trim() === '') return '` `';
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const gap = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  // A bar would end the cell even inside code; no name that we make holds one.
  return `${fence}${gap}${line}${gap}${fence}`.replaceAll('|', '\\|');
}
