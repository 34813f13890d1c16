import { isScriptName } from './script-name.js';

/** What the tools that write dumps begin them with. */
const DUMP = /^-- (?:PostgreSQL database|MySQL|MariaDB|phpMyAdmin SQL) dump|^\/\*M?!999999/im;
const SHAPING =
  /^\s*(?:create|alter)\s+(?:(?:or\s+replace|temporary|temp|unlogged|external)\s+)*(?:table|view|schema|type|extension|database)\b/im;

/** Whether a text is an SQL script, by its name or by what stands near its beginning. */
export function looksLikeScript(file: string, text: string): boolean {
  if (isScriptName(file.replace(/[?#].*$/s, ''))) return true;
  const head = text.slice(0, 200_000);
  if (/^\s*(?:["'{]|openapi\s*:|swagger\s*:)/.test(head)) return false;
  return DUMP.test(head.slice(0, 4000)) || SHAPING.test(head);
}
