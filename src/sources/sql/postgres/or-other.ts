/** Beside columns: what is no column as it is, in one part of a UNION or of FULL JOIN … USING whose others are. */
export const OTHER = 'other';

export type OrOther<T> = T | typeof OTHER;

/** What one of several parts shows that give the same column. */
export function orOther<T>(shows: OrOther<T>[] = []): OrOther<T>[] {
  return shows.length > 0 ? shows : [OTHER];
}
