import { describe, expect, it } from 'vitest';
import { bumpVersion, suggestBump, type Bump } from '../../src/blueprint/bump.js';
import type { Change, ChangeClass, ChangeCode } from '../../src/blueprint/compare.js';

function change(kind: ChangeClass, code: ChangeCode): Change {
  return { id: '0', class: kind, code, tool: 'things', pointer: '', message: '' };
}

describe('suggestBump', () => {
  it.each<[string, Change[], Bump]>([
    ['nothing', [], 'none'],
    ['breaking', [change('safe', 'tool-added'), change('breaking', 'tool-removed')], 'major'],
    ['unknown is never guessed safe', [change('unknown', 'condition-changed')], 'major'],
    ['risky', [change('risky', 'description-changed')], 'minor'],
    ['something more to use', [change('safe', 'argument-added')], 'minor'],
    ['words only', [change('safe', 'field-description-changed')], 'patch'],
    [
      'words and something more',
      [change('safe', 'field-deprecated'), change('safe', 'tool-added')],
      'minor',
    ],
  ])('%s', (_, changes, want) => {
    expect(suggestBump(changes)).toBe(want);
  });
});

describe('bumpVersion', () => {
  it.each<[string, string, string, string]>([
    ['1.2.3', '2.0.0', '1.3.0', '1.2.4'],
    ['9.9.9', '10.0.0', '9.10.0', '9.9.10'],
    ['0.2.3', '0.3.0', '0.2.4', '0.2.4'],
    ['0.0.3', '0.1.0', '0.0.4', '0.0.4'],
    ['2.0.0-beta.1', '2.0.0-beta.2', '2.0.0-beta.2', '2.0.0-beta.2'],
    ['1.3.0-beta.9', '2.0.0-beta.0', '1.3.0-beta.10', '1.3.0-beta.10'],
    ['1.2.3-rc.1', '2.0.0-rc.0', '1.3.0-rc.0', '1.2.3-rc.2'],
    ['2.0.0-alpha', '2.0.0-alpha.0', '2.0.0-alpha.0', '2.0.0-alpha.0'],
    ['1.2.3-alpha', '2.0.0-alpha.0', '1.3.0-alpha.0', '1.2.3-alpha.0'],
    ['2.0.0-rc1', '2.0.0-rc1.0', '2.0.0-rc1.0', '2.0.0-rc1.0'],
    ['2.0.0-3', '2.0.0-4', '2.0.0-4', '2.0.0-4'],
    ['0.3.0-beta.1', '0.3.0-beta.2', '0.3.0-beta.2', '0.3.0-beta.2'],
    ['0.3.1-beta.1', '0.4.0-beta.0', '0.3.1-beta.2', '0.3.1-beta.2'],
    ['1.2.3+build.5', '2.0.0', '1.3.0', '1.2.4'],
  ])('%s', (version, major, minor, patch) => {
    expect(bumpVersion(version, 'major')).toBe(major);
    expect(bumpVersion(version, 'minor')).toBe(minor);
    expect(bumpVersion(version, 'patch')).toBe(patch);
    expect(bumpVersion(version, 'none')).toBe(version);
  });

  it.each(['', '1.2', 'v1.2.3', '1.2.3.4', 'latest'])('refuses %j', (version) => {
    expect(() => bumpVersion(version, 'patch')).toThrow(RangeError);
  });
});
