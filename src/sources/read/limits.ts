/** Caps on what is read, so that a hostile document costs a message and not the machine. */
export type ReadLimits = {
  /** Bytes of one file, after decompression. */
  bytes: number;
  /** Bytes of all files of one document together. */
  totalBytes: number;
  /** Number of files of one document. */
  files: number;
  /** Nesting of objects and arrays. */
  depth: number;
  /** Values of one file, YAML aliases counted as if they were written out. */
  nodes: number;
  /** Milliseconds for a download, redirects included. */
  timeout: number;
};

const MEBIBYTE = 1024 * 1024;

/** Several times what the largest public documents need. */
export const defaultReadLimits: ReadLimits = {
  bytes: 64 * MEBIBYTE,
  totalBytes: 256 * MEBIBYTE,
  files: 20_000,
  depth: 1000,
  nodes: 10_000_000,
  timeout: 60_000,
};

/** A number of bytes as a person says it: `64 MiB`. */
export function mebibytes(bytes: number): string {
  return bytes < MEBIBYTE ? `${bytes} bytes` : `${Math.round(bytes / MEBIBYTE)} MiB`;
}
