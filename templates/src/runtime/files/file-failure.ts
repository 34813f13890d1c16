import { UserInputError } from '../calls/user-input-error.js';
import { shownPath } from './read-path.js';

/** What callers are told about an error of the file system, which knows absolute paths that nobody is to see. */
const REASONS: Record<string, string> = {
  ENOENT: 'does not exist.',
  ENOTDIR: 'does not exist.',
  ELOOP: 'does not exist.',
  ENXIO: 'is not a regular file.',
  EACCES: 'is not open to this server: its account lacks the right.',
  EPERM: 'is not open to this server: its account lacks the right.',
  EEXIST: 'exists already.',
  ENOTEMPTY: 'is not empty.',
  EISDIR: 'is a folder.',
  EINVAL: 'cannot be used for that.',
  ENAMETOOLONG: 'has a name that is too long.',
  EXDEV: 'is on another file system: copy it by reading and writing, then delete it.',
  EROFS: 'cannot be changed: the file system is read-only.',
  ENOSPC: 'cannot be written: the disk is full.',
  EDQUOT: 'cannot be written: the disk is full.',
  EMFILE: 'cannot be opened now: too many files are open. Try again in a moment.',
  ENFILE: 'cannot be opened now: too many files are open. Try again in a moment.',
  EBUSY: 'is in use.',
};

/** The error as callers may see it: an UserInputError where they can do something, otherwise the error itself. */
export function fileFailure(error: unknown, path: string): unknown {
  const reason = REASONS[codeOf(error) ?? ''];
  return reason === undefined ? error : new UserInputError(`${shownPath(path)} ${reason}`);
}

/** `ENOENT` and the like. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The same for what is not there, what is hidden and what lies elsewhere: nobody learns which. */
export function missing(path: string): UserInputError {
  return new UserInputError(`${shownPath(path)} does not exist.`);
}
