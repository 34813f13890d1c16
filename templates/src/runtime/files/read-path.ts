import { cutText, INVISIBLE } from '../http/clean-text.js';
import { UserInputError } from '../calls/user-input-error.js';

const MAX_PATH = 4_096;
const MAX_DEPTH = 128;
const MAX_NAME_BYTES = 255;

/** What Windows takes for a device, whatever follows the dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:[.:]|$)/i;

/**
 * The names that a path of a caller consists of; empty for the top. Nothing in it is decoded or resolved: what would have to
 * be is refused with an UserInputError that says why. `platform` decides which names are special.
 */
export function readPath(path: string, platform: string = process.platform): string[] {
  const refuse = (why: string): never => {
    throw new UserInputError(`${shownPath(path)} ${why}`);
  };
  if (path.length > MAX_PATH) refuse('is too long.');
  if (/[\u0000-\u001f\u007f]|\p{Cs}/u.test(path)) {
    refuse('has characters that no path may have.');
  }
  if (path.includes('\\')) refuse('has "\\" in it: names are separated by "/".');
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) {
    refuse('is absolute: paths are relative to the folder of this server, such as "notes/a.md".');
  }
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  if (names.length > MAX_DEPTH) refuse('is too deep.');
  for (const name of names) {
    if (name === '..') refuse('has ".." in it: paths cannot lead upwards.');
    if (Buffer.byteLength(name) > MAX_NAME_BYTES) refuse('has a name that is too long.');
    if (platform === 'win32' && isSpecialOnWindows(name)) refuse('has a name that is special.');
  }
  return names;
}

/** The same for a file or folder that is to be made: its names work on every system and look like what they are. */
export function readNewPath(path: string): string[] {
  const names = readPath(path, 'win32');
  for (const name of names) {
    // A joiner within a word or an emoji is no trick, but nobody would find the file again.
    if (name.search(INVISIBLE) >= 0 || name !== name.trim() || name !== name.normalize('NFC')) {
      throw new UserInputError(
        `${shownPath(path)} has characters that nobody sees, or that look like others.`,
      );
    }
  }
  return names;
}

/** Whether a name that was found can be written by a caller. */
export function isNameable(name: string): boolean {
  return !/[\u0000-\u001f\u007f\\\ufffd]/.test(name);
}

/** A path of a caller as messages show it. */
export function shownPath(path: string): string {
  const clean = path.replace(INVISIBLE, '');
  return JSON.stringify(clean.length > 200 ? `${cutText(clean, 200)}…` : clean);
}

/** Devices, alternate streams, short names, and others that Windows takes for another one. */
function isSpecialOnWindows(name: string): boolean {
  return DEVICE.test(name) || /[<>:"|?*]/.test(name) || /[. ]$|~\d/.test(name);
}
