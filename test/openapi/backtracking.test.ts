import { describe, expect, test } from 'vitest';
import { analysisCost, canBacktrack, withoutBounds } from '../../src/blueprint/backtracking.js';
import { createPatternJudge } from '../../src/sources/schema/pattern.js';
import { documentWith, readDocument } from '../support/read-document.js';

describe('canBacktrack', () => {
  const harmless = [
    '^[a-z]+$',
    '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$',
    '^([0-9A-Fa-f]{2}[:-]?){5}([0-9A-Fa-f]{2})$',
    '^([0-9a-f]{40}(?:[0-9a-f]{24})?)$',
    '^\\p{L}{1,64}$',
    '^\\u{1F600}{3}[{}]+?$',
    '\\u0040foo\\x2bbar\\cJbaz',
    '\\u0040{3}b',
    '^(?<year>\\d{4})-(?!00)\\d{2}(?<=\\d)$',
    '^(?:a+){0}b*$',
    '^[)(*+]*$',
    '^\\d+\\.\\d+\\.\\d+$',
    '[a-z]+_token_[0-9]+',
    '^[a-z]+:|^\\w+@[a-z]+$',
  ];
  test.each(harmless)('%s', (pattern) => {
    expect(canBacktrack(pattern)).toBe(false);
  });

  const suspicious = [
    '^(a+)+$',
    '^(?:a|a)*$',
    '^(?:a?){50}$',
    `^${'a?'.repeat(30)}${'a'.repeat(30)}$`,
    `^${'a{0,9}'.repeat(8)}$`,
    '^\\d+\\.?\\d+$',
    '^\\d+\\.{0,1}\\d+$',
    '^\\w+_\\w+$',
    '^\\d+\\d\\d+$',
    // What comes before can end in many places, for each of which the rest is read again.
    '^a*a+,a+,$',
    '^(?:\\d+\\.)+\\d+\\.$',
    '^(?:a|b)\\d+,\\d+$',
    '(?<=\\d+,)\\d+$',
    '^(?=.*\\d)(?=.*[a-z]).{8,}$',
    '^([a-z]+)-\\1$',
    '^(?<word>[a-z])\\k<word>*$',
    '^(?:\\1){0}a+a+$',
    '^(?:a{1,30}){2,}$',
    '^(?:[a-z]+[0-9]?){1,3}$',
  ];
  test.each(suspicious)('%s', (pattern) => {
    expect(canBacktrack(pattern)).toBe(true);
  });
});

describe('judgePattern', () => {
  const table: [string, boolean][] = [
    ['^[A-Z]{1,10}-[0-9]{1,10}-[a-z]{1,10}-[A-Z]{1,10}$', true],
    ['^[a-z0-9]+(?:-[a-z0-9]+){0,9}$', true],
    ['^(a+)+$', false],
    // Finite, and all the same beyond what a server can try.
    ['^(?:a{1,9}){1,9}$', false],
    [`^${'a{0,9}'.repeat(8)}$`, false],
  ];
  test.each(table)('%s', (pattern, usable) => {
    expect(createPatternJudge()(pattern).usable).toBe(usable);
  });
});

describe('S12: the analysis of patterns is bounded', () => {
  const costs: [string, number][] = [
    ['^(a+)+$', 7],
    ['^(?=.*a)(?!.*b).*c.*$', 821],
    ['^([a-z]+)-\\1$', 813],
    ['^(?<word>[a-z]+)-\\k<word>$', 826],
    ['^(?=.*a)(?=.*b)(?=.*c)(?=.*d)(?=.*e).*f.*$', Infinity],
    // Groups that are referred to before they end: the analysis follows them without end.
    ['^((a|b)*\\1(c|d)*)*$', Infinity],
    ['^(a\\2)(b\\1)*$', Infinity],
    ['^(?<word>a|\\k<word>b)+$', Infinity],
    ['(a)(b)(c)(d)(e)(f)(g)(h)(i)\\12+', Infinity],
    ['(a)(\\1\\1)(\\2\\2)(\\3\\3)*', Infinity],
  ];
  test.each(costs)('%s costs %d', (pattern, cost) => {
    expect(analysisCost(pattern)).toBe(cost);
  });

  test('a document has 50 analyses, each pattern is looked at once', () => {
    const judge = createPatternJudge();
    const verdicts = Array.from({ length: 52 }, (_, n) => judge(`^(a+)+${n}$`));
    expect(verdicts.map((verdict) => !verdict.usable && verdict.reason)).toEqual([
      ...Array(50).fill('may take exponential time'),
      'not analysed',
      'not analysed',
    ]);
    expect(judge('^(a+)+0$')).toEqual(verdicts[0]);
    expect(judge('^a+$')).toEqual({ usable: true, pattern: '^a+$' });
    expect(createPatternJudge()('^(a+)+51$')).toEqual(verdicts[0]);
  });

  test('patterns beyond are reported once, in one sentence', async () => {
    const properties = Object.fromEntries(
      Array.from({ length: 53 }, (_, n) => [`p${n}`, { type: 'string', pattern: `^(b+)+${n}$` }]),
    );
    const content = { 'application/json': { schema: { type: 'object', properties } } };
    const { findings, tools } = await readDocument(documentWith({ requestBody: { content } }));
    expect(findings.filter(({ code }) => code === 'MCP303')).toHaveLength(50);
    expect(findings.filter(({ code }) => code === 'MCP306').map(({ message }) => message)).toEqual([
      '3 patterns are not run: analysing all patterns of the document would take too long',
    ]);
    expect(tools[0]?.inputSchema['properties']).toHaveProperty('p52', { type: 'string' });
  });
});

test('only wide bounds are taken away', () => {
  expect(withoutBounds('^[{1,9}]a{2,40}?b{3}c{0,2}d{4,}\\{1,9}$')).toBe(
    '^[{1,9}]a{2,}?b{3}c{0,2}d{4,}\\{1,9}$',
  );
});
