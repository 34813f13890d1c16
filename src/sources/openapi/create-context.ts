import type { Context } from './context.js';
import { createInputDigest } from './input-digest.js';
import type { OpenApiDocument } from './open-document.js';
import { Schemas, type SchemaReport } from './schema/schemas.js';

/** What the readers of a document share; what its schemas hold that is not taken over is reported as it is met. */
export function createContext(document: OpenApiDocument): Context {
  const { findings } = document;
  const report: SchemaReport = (node, problem) => {
    if (problem.kind === 'default')
      findings.add('MCP304', { what: JSON.stringify(problem.value).slice(0, 60) }, node);
    else if (problem.kind === 'type')
      findings.add(
        'MCP305',
        {
          keyword: 'type',
          why: `${JSON.stringify(problem.written)?.slice(0, 60)} is not a type of JSON Schema`,
        },
        node,
      );
    else if (problem.kind === 'keyword')
      findings.add(
        'MCP305',
        { keyword: problem.keyword, why: problem.why ?? 'it is not followed' },
        node,
      );
    else if (problem.kind === 'hidden') findings.add('MCP403', { count: problem.count }, node);
    else if (problem.kind === 'removed')
      findings.add('MCP402', { what: problem.what, count: problem.count }, node);
    else if (problem.kind === 'instruction')
      findings.add('MCP401', { what: problem.what, text: problem.text }, node);
    else if (problem.reason === 'not a regular expression')
      findings.add('MCP302', { pattern: problem.pattern }, node);
    else findings.add('MCP303', { pattern: problem.pattern }, node);
  };
  return {
    root: document.root,
    references: document.references,
    schemas: new Schemas(document.references, report),
    inputDigest: createInputDigest(document.references),
    findings,
  };
}
