import { createRequire } from 'node:module';
import { visiblePattern } from '../../blueprint/model-text.js';
import { analysisCost, canBacktrack, withoutBounds } from '../../blueprint/backtracking.js';

const require = createRequire(import.meta.url);

/** What became of a pattern: it can be used as it is or in another spelling, or it cannot, and why. */
export type PatternVerdict =
  | { usable: true; pattern: string }
  | {
      usable: false;
      reason: 'not a regular expression' | 'may take exponential time' | 'not analysed';
    };

/** What analyses found, whichever document asked for them. */
const analysed = new Map<string, boolean>();

/** Longest pattern that is looked at; beyond it the analysis itself may take long. */
const MAX_LENGTH = 1_000;

/**
 * How far the analysis goes, in steps: a limit of time would give another verdict, and so another project, on a busy machine.
 * The emitted server matches no pattern against a value that is longer than the texts which are tried here.
 */
const EFFORT = {
  maxNFASize: 4_000,
  maxAttackStringSize: 10_000,
  maxRecallStringSize: 10_000,
  attackLimit: 100_000_000,
  recallLimit: 100_000_000,
  maxIteration: 4,
  maxGenerationSize: 50,
  attackTimeout: null,
  incubationTimeout: null,
  // Many times what any of that takes on a busy machine.
  timeout: 900_000,
};

/** How many patterns of one document are analysed, and what they may cost together (see `analysisCost`). */
const MAX_ANALYSES = 50;
const MAX_COST = 4_000;

/**
 * Makes what decides whether a `pattern` of one document may run in the emitted server: it must be valid with the `u` flag
 * (ECMA-262; JSON Schema 2020-12 §6.3.3) and must not backtrack exponentially on a hostile value. What is spent on analyses is
 * counted, not timed; patterns beyond that are not run.
 */
export function createPatternJudge(): (written: string) => PatternVerdict {
  const verdicts = new Map<string, PatternVerdict>();
  let analyses = 0;
  let spent = 0;
  const canAfford = (cost: number): boolean => {
    if (analyses >= MAX_ANALYSES || spent + cost > MAX_COST) return false;
    analyses += 1;
    spent += cost;
    return true;
  };
  return (written) => {
    const verdict = verdicts.get(written) ?? judge(written, canAfford);
    verdicts.set(written, verdict);
    return verdict;
  };
}

function judge(written: string, canAfford: (cost: number) => boolean): PatternVerdict {
  const valid = [written, withoutNeedlessEscapes(written), inJavaScriptSpelling(written)].find(
    isValid,
  );
  if (valid === undefined) return { usable: false, reason: 'not a regular expression' };
  const pattern = visiblePattern(valid);
  if (pattern.length > MAX_LENGTH) return { usable: false, reason: 'may take exponential time' };
  if (!canBacktrack(pattern)) return { usable: true, pattern };
  const cost = analysisCost(pattern);
  if (cost === Infinity) return { usable: false, reason: 'may take exponential time' };
  if (!canAfford(cost)) return { usable: false, reason: 'not analysed' };
  return isSafe(pattern)
    ? { usable: true, pattern }
    : { usable: false, reason: 'may take exponential time' };
}

function isSafe(pattern: string): boolean {
  const known = analysed.get(pattern);
  if (known !== undefined) return known;
  // Loaded when the first suspicious pattern comes: it costs more than most documents have to check.
  const { checkSync } = require('recheck') as typeof import('recheck');
  const safe = checkSync(withoutBounds(pattern), 'u', EFFORT).status === 'safe';
  analysed.set(pattern, safe);
  return safe;
}

function isValid(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/** The `u` flag refuses to escape what has no meaning of its own, as in `\-` or `\@`. */
function withoutNeedlessEscapes(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\(.)|[[\]]/gsu, (whole, escaped: string | undefined) => {
    if (escaped === undefined) {
      inClass = whole === '[';
      return whole;
    }
    // Letters mean something, if only in another language (`\A`).
    if (/[A-Za-z0-9^$\\.*+?()[\]{}|/]/u.test(escaped)) return whole;
    return inClass && escaped === '-' ? whole : escaped;
  });
}

/** Anchors and inline flags of other languages. */
function inJavaScriptSpelling(pattern: string): string {
  return withoutNeedlessEscapes(
    pattern
      .replace(/^\(\?[a-z]+\)/u, '')
      .replaceAll('\\A', '^')
      .replaceAll(/\\[zZ]/gu, '$')
      .replaceAll('(?P<', '(?<')
      .replace(/^\/(.*)\/[gimsuy]*$/su, '$1'),
  );
}
