/**
 * The arguments, as they are, cannot become a request: nothing was sent. The message tells the
 * caller what to change.
 */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
