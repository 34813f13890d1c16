/** Something that the caller can mend: the message is given to the model word for word. */
export class UserInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UserInputError';
  }
}
