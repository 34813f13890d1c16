/** What the NOTES.md of a pair of documents says of the change between them. */
export type PairNotes = {
  operations: { before: number; after: number };
  added: number;
  removed: number;
  moved: number;
  idsChanged: number;
  unchanged: number;
  inputsChanged: number;
  /** `GET /pets/{id}`, as far as they are listed. */
  addedNames: string[];
  removedNames: string[];
};

/** Reads the counts and lists of a NOTES.md. */
export function readNotes(text: string): PairNotes {
  const count = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? NaN);
  return {
    operations: {
      before: count(/- operations (\d+) →/),
      after: count(/- operations \d+ → (\d+)/),
    },
    added: count(/: (\d+) added/),
    removed: count(/ (\d+) removed, of which/),
    moved: count(/of which (\d+) kept/),
    idsChanged: count(/operationId changed on the same method\+path: (\d+)/),
    inputsChanged: count(/operations whose input changed: (\d+)/),
    unchanged: count(/completely unchanged operations: (\d+)/),
    addedNames: namesIn(/^Added: (.*)$/m.exec(text)?.[1] ?? ''),
    removedNames: namesIn(/^Removed: (.*)$/m.exec(text)?.[1] ?? ''),
  };
}

/** `get /pets/{id} (getPet); …`; a last entry that was cut has no end. */
function namesIn(list: string): string[] {
  return list
    .split('; ')
    .map((entry) => /^([a-z]+) (\S+)(?: \(.*\))?$/.exec(entry.trim()))
    .filter((match) => match !== null)
    .map(([, method, path]) => `${method!.toUpperCase()} ${path!}`);
}
