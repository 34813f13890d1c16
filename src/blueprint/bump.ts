import type { Change, ChangeCode } from './compare/change.js';

export type Bump = 'major' | 'minor' | 'patch' | 'none';

/** What nobody has to adapt to and nobody can use either. */
const WORDS: ReadonlySet<ChangeCode> = new Set([
  'field-description-changed',
  'field-deprecated',
  'field-undeprecated',
  'open-world-changed',
  'output-field-unlisted',
  'request-changed',
  'input-described-otherwise',
]);

/**
 * The step of semantic versioning that the tool surface asks for. What is unknown counts as breaking: it is never guessed
 * safe. Risky changes are no break of the contract, so that they are minor.
 */
export function suggestBump(changes: readonly Change[]): Bump {
  if (changes.length === 0) return 'none';
  if (changes.some((change) => change.class === 'breaking' || change.class === 'unknown'))
    return 'major';
  return changes.every(({ code }) => WORDS.has(code)) ? 'patch' : 'minor';
}

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * The next version. Below 1.0.0 breaking changes raise the minor number and all others the patch number, as `^0.2.3` reads
 * them. A prerelease is not out yet: as long as the version that it leads to covers the step, only its last number goes up
 * (2.0.0-beta.1 → 2.0.0-beta.2), else the version moves and the count starts again. Build metadata is dropped.
 * Throws a RangeError for what is no semantic version (2.0.0 §2).
 */
export function bumpVersion(version: string, bump: Bump): string {
  const [, first, second, third, prerelease] = VERSION.exec(version) ?? [];
  if (first === undefined) throw new RangeError(`${version} is not a semantic version`);
  if (bump === 'none') return version;
  const core = [first, second, third].map(Number) as Core;
  const step = core[0] > 0 ? bump : bump === 'major' ? 'minor' : 'patch';
  if (prerelease === undefined) return raised(core, step).join('.');
  if (covers(core, step)) return `${core.join('.')}-${counted(prerelease)}`;
  return `${raised(core, step).join('.')}-${restarted(prerelease)}`;
}

type Core = [number, number, number];
type Part = Exclude<Bump, 'none'>;

function raised([major, minor, patch]: Core, part: Part): Core {
  if (part === 'major') return [major + 1, 0, 0];
  return part === 'minor' ? [major, minor + 1, 0] : [major, minor, patch + 1];
}

/** Whether a release of this number is a step of that size by itself. */
function covers([, minor, patch]: Core, part: Part): boolean {
  if (part === 'major') return minor === 0 && patch === 0;
  return part === 'patch' || patch === 0;
}

function counted(prerelease: string): string {
  const [, label = '', number] = /^(.*?)(\d+)$/.exec(prerelease) ?? [];
  const isCount = number !== undefined && (label === '' || label.endsWith('.'));
  return isCount ? `${label}${BigInt(number) + 1n}` : `${prerelease}.0`;
}

function restarted(prerelease: string): string {
  const isCounted = /(?:^|\.)\d+$/.test(prerelease);
  return isCounted ? prerelease.replace(/\d+$/, '0') : `${prerelease}.0`;
}
