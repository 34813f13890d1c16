/** Why a statement was not used. `later` is set where another statement may still bring what it lacks. */
export class Refused extends Error {
  readonly later: boolean;

  constructor(reason: string, { later = false }: { later?: boolean } = {}) {
    super(reason);
    this.name = 'Refused';
    this.later = later;
  }
}

export const missing = (what: string): Refused =>
  new Refused(`${what} does not exist`, { later: true });
export const there = (what: string): Refused => new Refused(`${what} already exists`);
