import type { Skipped, Source, Tool } from '../blueprint/types.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** A tool before its schemas are fitted into the budget of the whole list. */
export type DraftTool = Omit<Tool, 'inputSchema' | 'outputSchema'> & {
  /** Completes the binding once the input schema is closed. */
  complete?: (tool: Tool) => void;
};

/** What a kind of source gives; input schemas are closed and examples made later, when all tools are known. */
export type SourceReading = {
  source: Source;
  tools: DraftTool[];
  skipped: Skipped[];
  findings: Diagnostic[];
  title: string | undefined;
  description: string | undefined;
};
