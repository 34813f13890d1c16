import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/**
 * Who a file belongs to. `managed`: rewritten by every run. `seed`: written once, then the user's. `merged`: both write
 * it. `user`: input of the project (manifest, pinned sources), written by scaffolding alone.
 */
export type Owner = 'managed' | 'seed' | 'merged' | 'user';

/** A file as it should be. `path` is relative to the project, with `/`. */
export type ProjectFile = { path: string; owner: Owner; text: string };

/** SHA-256 (hex) of a text with LF line ends, so that a checkout with CRLF is not an edit. */
export function hashOf(text: string): string {
  return createHash('sha256').update(withLf(text)).digest('hex');
}

/** `hashOf` the text that the bytes are. */
export function hashOfBytes(bytes: Buffer): string {
  // Bytes that are no text are hashed as what reading them as text makes of them.
  if (bytes.includes('\r\n') || !isUtf8(bytes)) return hashOf(bytes.toString('utf8'));
  return createHash('sha256').update(bytes).digest('hex');
}

const known = new WeakMap<ProjectFile, string>();

/** `hashOf` a file's text, computed once: a pinned source can be 20 MB. */
export function hashOfFile(file: ProjectFile): string {
  const hash = known.get(file) ?? hashOf(file.text);
  known.set(file, hash);
  return hash;
}

/** The text with LF line ends. */
export function withLf(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}
