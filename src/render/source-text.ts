/** Text that an emitter made: the only thing that a template may print as it is. */
export class SourceText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}
