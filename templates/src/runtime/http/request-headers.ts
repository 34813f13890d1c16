import { Refusal } from './refusal.js';

/** Framing, routing and credentials: never from an argument. */
const RESERVED = new Set([
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'cookie',
  'cookie2',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

/** True for header names that no argument may set. */
function isReservedHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return RESERVED.has(lower) || lower.startsWith('proxy-') || lower.startsWith('sec-');
}

/** True for a token (RFC 9110 §5.6.2), which header names, cookie names and methods have to be. */
export function isToken(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

/**
 * True when the text can travel as a header value: tab, visible ASCII, space and latin-1 (RFC
 * 9110 §5.5).
 */
export function isHeaderText(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
}

/**
 * The value of a header that an argument sets. Throws Refusal for reserved names and characters
 * that cannot be sent.
 */
export function argumentHeader(argument: string, name: string, value: string): string {
  if (isReservedHeader(name) || !isToken(name)) {
    throw new Refusal(`${argument}: the header ${JSON.stringify(name)} cannot be set by a call.`);
  }
  if (!isHeaderText(value)) {
    throw new Refusal(
      `${argument}: is sent as a header and must not hold line breaks, control characters or characters outside latin-1.`,
    );
  }
  return value.trim();
}
