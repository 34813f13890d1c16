const WORD = /^[\p{L}\p{N}_$]+$/u;

/** Tells whether a name stands in a statement, whatever it is there; upper and lower case are one. */
export function namedIn(text: string): (name: string) => boolean {
  const lower = text.toLowerCase();
  const words = new Set(lower.split(/[^\p{L}\p{N}_$]+/u));
  // Where a quote is part of a name, it is written twice.
  const single = lower.replaceAll('""', '"').replaceAll('``', '`');
  return (name) =>
    WORD.test(name) ? words.has(name.toLowerCase()) : single.includes(name.toLowerCase());
}
