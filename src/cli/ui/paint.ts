import { styleText } from 'node:util';
import type { Paint } from '../../diagnostics/format-diagnostic.js';
import type { OutputStream } from '../io.js';

/** Colours for a terminal; none for pipes, `NO_COLOR`, dumb terminals and `--no-color`. */
export function createPaint(
  stream: OutputStream,
  env: Readonly<Record<string, string | undefined>>,
  wanted: boolean,
): Paint {
  const isPlain = !stream.isTTY || env['NO_COLOR'] || env['TERM'] === 'dumb' || !wanted;
  if (isPlain) return (_, text) => text;
  return (style, text) => styleText(style, text, { validateStream: false });
}
