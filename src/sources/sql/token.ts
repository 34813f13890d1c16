/** A piece of SQL text, the same for the dialects that are read by hand. Offsets are of its file. */
export type Token = {
  kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  /** What it stands for: names and strings without quotes and escapes, without a placeholder before them. */
  text: string;
  /** What grammar compares with: a word in upper case, a symbol; empty for names, strings and numbers. */
  key: string;
  start: number;
  end: number;
  /** A string in double quotes: a name where a name is expected. */
  isDouble?: true;
  placeholder?: string;
};
