import { MAX_NAME } from '../blueprint/tool-names.js';
import { diagnostic } from '../diagnostics/catalog.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

type Named = { source: { id: string }; tools: readonly { name: string }[] };

/**
 * Two sources may name a tool alike (upper and lower case being one): the later one then carries the id of its source, and
 * a number where that is taken too. Reported once for each two sources. `file` is the manifest.
 */
export function nameApart<Reading extends Named>(
  readings: readonly Reading[],
  file: string,
): { readings: Reading[]; findings: Diagnostic[] } {
  /** Source id by lower-case name; given names last, so that no name that a source chose is given to another tool. */
  const owners = new Map<string, string>();
  for (const { source, tools } of readings) {
    for (const { name } of tools) {
      if (!owners.has(name.toLowerCase())) owners.set(name.toLowerCase(), source.id);
    }
  }
  const findings: Diagnostic[] = [];
  const apart = readings.map((reading) => {
    const { id } = reading.source;
    const renamed = new Map<string, { from: string; to: string }[]>();
    const tools = reading.tools.map((tool) => {
      const other = owners.get(tool.name.toLowerCase());
      if (other === undefined || other === id) return tool;
      const name = freeName(`${id}_${tool.name}`, owners);
      owners.set(name.toLowerCase(), id);
      renamed.set(other, [...(renamed.get(other) ?? []), { from: tool.name, to: name }]);
      return { ...tool, name };
    });
    for (const [other, pairs] of renamed) {
      const fields = { id, other, count: pairs.length, ...pairs[0]! };
      findings.push(diagnostic('MCP708', fields, { origin: { file, path: ['sources', id] } }));
    }
    return { ...reading, tools } as Reading;
  });
  return { readings: apart, findings };
}

function freeName(wanted: string, owners: ReadonlyMap<string, string>): string {
  let name = wanted.slice(0, MAX_NAME);
  for (let n = 2; owners.has(name.toLowerCase()); n += 1) {
    name = `${wanted.slice(0, MAX_NAME - String(n).length - 1)}_${n}`;
  }
  return name;
}
