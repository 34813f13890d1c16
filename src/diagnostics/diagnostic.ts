/** A place in an input: a file and the keys that lead to it. Line and column are computed only when printed. */
export type Origin = {
  /** As the user named it: a path relative to the working directory, a URL, or `-`. */
  file: string;
  /** Keys from the root of the document. */
  path: (string | number)[];
  /** Set only where there are no keys to go by: a syntax error. */
  position?: Position;
  /** What it is in something that has no lines: a table of a live database. It is named in place of a line. */
  within?: string;
};

/** The file, with what it is within where that has no lines. */
export function placeName({ file, within }: Pick<Origin, 'file' | 'within'>): string {
  return within === undefined ? file : `${file} ${within}`;
}

/** Lines and columns count from 1; `endColumn` is the column after the last marked character. */
export type Position = { line: number; column: number; endColumn?: number };

export type Severity = 'error' | 'warning' | 'info';

/** Something to tell the user about an input: code and text come from the catalogue. */
export type Diagnostic = {
  code: string;
  severity: Severity;
  /** One line, grep-able, without position. */
  message: string;
  origin?: Origin;
  /** Where that is in the user's terms, e.g. `GET /pets/{id} › response 200`. */
  at?: string;
  /** What to do about it. */
  fix?: string;
};

/** The input cannot be used at all: shown with frame and fix, exit code 2, nothing written. */
export class InputError extends Error {
  readonly diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[]) {
    super(diagnostics[0]?.message ?? 'unusable input');
    this.name = 'InputError';
    this.diagnostics = diagnostics;
  }
}
