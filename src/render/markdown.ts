import { visible } from '../diagnostics/visible.js';
import { cut } from './emit.js';

/**
 * Foreign text inside a Markdown paragraph, list item or table cell: one line that shows as it reads, without links,
 * HTML, emphasis or code.
 */
export function markdownText(text: string, limit = 300): string {
  return cut(visible(text.replace(/\s+/gu, ' ')).trim(), limit)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*[\]|~>$]|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_/g, '\\$&')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, 'www&#46;')
    .replace(/@(?=\w)/g, '&#64;')
    .replace(/^([-+=#!]|\d+[.)])/, '\\$1');
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
