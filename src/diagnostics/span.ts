/** Offsets in a text: of a value, and of the key before it where it has one. Ends are exclusive. */
export type Span = { key?: [start: number, end: number]; value: [start: number, end: number] };
