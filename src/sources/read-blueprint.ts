import type { Blueprint, Tool } from '../blueprint/types.js';
import { exampleArguments } from '../blueprint/example.js';
import { fitTools } from '../blueprint/fit-tools.js';
import type { Manifest } from './manifest/manifest.js';
import { readOpenApi, type OpenApiReading } from './openapi/read-openapi.js';
import type { Loader } from './read/loader.js';

export type ReadOptions = {
  load: Loader;
  /** Told what is being done, in words for a person. */
  onProgress?: (phase: string) => void;
};

/** Reads everything that a manifest names into one blueprint. Throws an InputError for what cannot be used at all. */
export async function readBlueprint(manifest: Manifest, options: ReadOptions): Promise<Blueprint> {
  const readings: OpenApiReading[] = [];
  for (const [id, source] of Object.entries(manifest.sources)) {
    options.onProgress?.(`reading ${source.openapi}`);
    readings.push(await readOpenApi({ id, ...source }, options.load));
  }
  options.onProgress?.('making tools');
  const policy = manifest.output?.schemas ?? 'shallow';
  const { tools, findings, skipped } = fitTools(readings, policy);
  for (const tool of tools) {
    const example = exampleArguments(tool.inputSchema, pathArguments(tool));
    if (example) tool.example = example;
  }
  return {
    server: {
      name: manifest.name,
      title: manifest.title ?? readings[0]?.title ?? manifest.name,
      version: manifest.version,
      description: manifest.description ?? '',
      transports: manifest.serve.transports,
    },
    sources: readings.map(({ source }) => source),
    tools: refuseClashes(tools),
    resources: [],
    prompts: [],
    skipped: [...readings.flatMap((reading) => reading.skipped), ...skipped],
    findings: [...readings.flatMap((reading) => reading.findings), ...findings],
  };
}

/** Two sources may name a tool alike; the later one then carries its source's name. */
function refuseClashes(tools: Tool[]): Tool[] {
  const taken = new Set<string>();
  return tools.map((tool) => {
    let name = tool.name;
    if (taken.has(name.toLowerCase())) name = `${tool.binding.source}_${tool.name}`.slice(0, 64);
    taken.add(name.toLowerCase());
    return name === tool.name ? tool : { ...tool, name };
  });
}

function pathArguments({ binding }: Tool): Set<string> {
  const inPath = (binding.parameters ?? []).filter((parameter) => parameter.in === 'path');
  return new Set(inPath.map(({ argument }) => argument));
}
