import { FEATURES, NAMES, type Feature } from './dialect-features.js';
import { foreignSystem } from './foreign-system.js';
import type { Dialect } from './model.js';

/** `why` and `unsure` are words for a person: what in the text tells, or what was found of each. `foreign`: a system not read. */
export type Detection = { dialect: Dialect; why: string } | { unsure: string; foreign?: string };

/** Enough to tell by; what comes later is mostly rows. */
const MOST_CHARACTERS = 4_000_000;
/** How much more of one dialect than of the next there must be. */
const MARGIN = 1.5;

/** With less than this the path may say otherwise. */
const CERTAIN = 6;
/** With this what only another system writes is an extension's. */
const BEYOND_DOUBT = 20;

/** Tells the dialect of scripts by what only one of them has; where that is little, by the last word of a dialect in their path. */
export function detectDialect(texts: readonly string[], path = ''): Detection {
  const text = withoutRows(texts);
  const found = FEATURES.filter(({ pattern }) => pattern.test(text));
  const byText = weigh(found);
  const foreign = foreignSystem(text);
  const isOwn = 'dialect' in byText && byText.score >= BEYOND_DOUBT;
  if (foreign !== undefined && !isOwn) return { unsure: `it is of ${foreign}`, foreign };
  if ('dialect' in byText && byText.score >= CERTAIN) return detectionOf(byText);
  const byBoth = weigh([...found, ...namedIn(path)]);
  return detectionOf('dialect' in byBoth ? byBoth : byText);
}

type Weighed = { dialect: Dialect; why: string; score: number } | { unsure: string };

function detectionOf(weighed: Weighed): Detection {
  return 'dialect' in weighed ? { dialect: weighed.dialect, why: weighed.why } : weighed;
}

function weigh(found: readonly Feature[]): Weighed {
  const scores = (['mysql', 'postgres', 'sqlite'] as const)
    .map((dialect) => {
      const own = found.filter((feature) => feature.dialect === dialect);
      return { dialect, score: own.reduce((sum, { weight }) => sum + weight, 0), own };
    })
    .sort((one, other) => other.score - one.score);
  const [best, second] = scores;
  if (!best || best.score === 0) return { unsure: 'nothing in it is of one dialect only' };
  const names = best.own
    .sort((one, other) => other.weight - one.weight)
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ');
  if (best.score < (second?.score ?? 0) * MARGIN) {
    const other = second!.own.map(({ name }) => name).slice(0, 3);
    return {
      unsure: `for ${best.dialect} there is ${names}, for ${second!.dialect} ${other.join(', ')}`,
    };
  }
  return { dialect: best.dialect, why: names, score: best.score };
}

function namedIn(path: string): Feature[] {
  const parts = path.split(/[\\/]/).reverse();
  for (const part of parts) {
    const named = NAMES.filter(({ pattern }) => pattern.test(part));
    if (named.length > 0) return named.length === 1 ? named : [];
  }
  return [];
}

/** The texts up to a number of characters, without plain comments and without the lines of INSERT and its rows. */
function withoutRows(texts: readonly string[]): string {
  let text = '';
  for (const part of texts) {
    if (text.length >= MOST_CHARACTERS) break;
    text += `${part.slice(0, MOST_CHARACTERS - text.length)}\n`;
  }
  return text
    .replace(/^[ \t]*(?:--|#).*\n?/gm, '')
    .replace(/\/\*(?!M?!).*?\*\//gs, ' ')
    .replace(/^[ \t]*(?:INSERT\b|VALUES\b|\(?N?'|\().*\n?/gim, '');
}
