import type { Backend, BackendFactory } from '../backend.js';
import { createPoll } from '../changes/poll.js';
import { describeError, log } from '../log.js';
import type { Caller } from '../calls/caller.js';
import type { ResourceProvider } from '../resources.js';
import { evaluate } from '../steps/evaluate.js';
import { completeFrom, completionNeeds } from './complete.js';
import { noServer } from './no-server.js';
import type { OwnResource, OwnServer } from './offers.js';
import { readProjectFile, stampOfProjectFile } from './project-file.js';
import { fileContents, resultContents } from './resource-contents.js';
import { isTemplate, uriMatcher } from './uri-template.js';

/** What mcp.yaml declares to be read. */
export function resourcesBackend(resources: readonly OwnResource[]): BackendFactory {
  return ({ server = noServer }): Backend => ({
    serves: () => false,
    problems: () => [],
    call: () => Promise.reject(new TypeError('resources are not called')),
    resources: ownResources(resources, server),
    close: async () => {},
  });
}

/** A fixed URI is looked for first, then templates in their order. */
export function ownResources(
  resources: readonly OwnResource[],
  server: OwnServer,
): ResourceProvider {
  const fixed = new Map(
    resources.filter(({ uri }) => !isTemplate(uri)).map((one) => [one.uri, one]),
  );
  const templates = resources
    .filter(({ uri }) => isTemplate(uri))
    .map((resource) => ({ resource, match: uriMatcher(resource.uri) }));
  const watch = watchFiles(fixed);
  return {
    ...(watch && { watch }),
    resources: [...fixed.values()].map(({ uri, ...facts }) => ({ uri, ...listed(facts) })),
    templates: templates.map(({ resource: { uri, ...facts } }) => ({
      uriTemplate: uri,
      ...listed(facts),
    })),
    read: async (uri, signal, caller) => {
      const via = { server, signal, caller };
      const exact = fixed.get(uri);
      if (exact !== undefined) return read(exact, uri, {}, via);
      for (const { resource, match } of templates) {
        const variables = match(uri);
        if (variables !== undefined) return read(resource, uri, variables, via);
      }
      return undefined;
    },
    needs: (asked) => {
      if ('uri' in asked) {
        const found =
          fixed.get(asked.uri) ?? templates.find(({ match }) => match(asked.uri))?.resource;
        if (found === undefined) return undefined;
        const { uri, content } = found;
        return { resource: uri, ...('tool' in content && { tools: [content.tool] }) };
      }
      const found = templates.find(({ resource }) => resource.uri === asked.template)?.resource;
      if (found === undefined) return undefined;
      return { resource: found.uri, ...completionNeeds(found.complete, asked.argument) };
    },
    complete: (template, completing, signal) => {
      const found = templates.find(({ resource }) => resource.uri === template);
      if (found === undefined) return undefined;
      const { complete } = found.resource;
      const completion =
        complete && Object.hasOwn(complete, completing.name)
          ? complete[completing.name]
          : undefined;
      return completeFrom(completion, completing, { server, signal });
    },
  };
}

/** Files can be looked at; of what a tool answers nobody knows when it changes. Undefined where there is no file. */
function watchFiles(fixed: ReadonlyMap<string, OwnResource>): ResourceProvider['watch'] {
  if (![...fixed.values()].some(({ content }) => 'file' in content)) return undefined;
  const poll = createPoll((files) => Promise.all(files.map((file) => stampOfProjectFile(file))));
  return (uri, updated) => {
    const content = fixed.get(uri)?.content;
    return content !== undefined && 'file' in content ? poll(content.file, updated) : undefined;
  };
}

function listed({ name, title, description, mimeType }: Omit<OwnResource, 'uri'>) {
  return {
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(mimeType !== undefined && { mimeType }),
  };
}

async function read(
  { name, content, mimeType }: OwnResource,
  uri: string,
  args: Record<string, string>,
  {
    server,
    signal,
    caller,
  }: { server: OwnServer; signal: AbortSignal; caller?: Caller | undefined },
) {
  if ('text' in content) {
    const text = String(evaluate(content.text, { args }) ?? '');
    return [{ uri, mimeType: mimeType ?? 'text/plain', text }];
  }
  if ('tool' in content) {
    const given = evaluate({ object: content.with }, { args }) as Record<string, unknown>;
    const result = await server.callTool(content.tool, given, signal, caller);
    return resultContents(uri, result, mimeType);
  }
  try {
    const bytes = await readProjectFile(content.file);
    return fileContents(uri, bytes, mimeType ?? 'application/octet-stream');
  } catch (error) {
    log.error('resource cannot be read', { resource: name, error: describeError(error) });
    return undefined;
  }
}
