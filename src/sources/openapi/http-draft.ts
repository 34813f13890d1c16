import type { HttpBinding, Tool } from '../../blueprint/types.js';

/** A tool before its schemas are fitted into the budget of the whole list. */
export type HttpDraft = Omit<Tool, 'inputSchema' | 'outputSchema' | 'example' | 'binding'> & {
  binding: HttpBinding;
  /** Completes the binding once the input schema is closed. */
  complete: (tool: Tool) => void;
};
