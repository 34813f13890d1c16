import type { ReadResourceResult } from '@modelcontextprotocol/server';
import { invalidParams } from '../calls/invalid-params.js';
import type { ResourceProvider } from '../resources.js';
import type { ServerTool } from '../tool.js';
import type { AskFiles } from './call-file-tool.js';
import { hasFiles, type FileAction } from './file-tool.js';
import { pathOfUri, uriBase } from './uri.js';

/** Every file by a template, with completion of paths: `files://<source>/{+path}`. */
export function fileResources(sources: readonly string[], ask: AskFiles): ResourceProvider {
  const entries = sources.map((source) => ({ source, template: `${uriBase(source)}{+path}` }));
  const isOf = (source: string, actions?: readonly FileAction[]) => (tool: ServerTool) =>
    hasFiles(tool) &&
    tool.files.source === source &&
    (actions?.includes(tool.files.action) ?? tool.annotations?.readOnlyHint === true);
  return {
    needs: (asked) => {
      const found = entries.find(({ source, template }) =>
        'uri' in asked
          ? pathOfUri(source, asked.uri) !== undefined
          : template === asked.template && asked.argument === 'path',
      );
      if (found === undefined) return undefined;
      const { source } = found;
      const same: FileAction[] = 'uri' in asked ? ['read'] : ['list', 'tree', 'find'];
      return { source, like: [isOf(source, same), isOf(source)] };
    },
    resources: [],
    templates: entries.map(({ source, template }) => ({
      uriTemplate: template,
      name: `${source}-file`,
      title: `A file of ${source}`,
    })),
    read: async (uri, signal) => {
      for (const { source } of entries) {
        const path = pathOfUri(source, uri);
        if (path === undefined) continue;
        const reply = await ask({ source, action: 'content', args: { path } }, signal);
        if (reply.ok) return [contentsOf(uri, reply.answer.data)];
        if (!('told' in reply)) throw new Error(reply.detail);
        if (!reply.told.includes('does not exist.')) throw invalidParams(reply.told);
      }
      return undefined;
    },
    complete: async (template, { name, value }, signal) => {
      const entry = entries.find((one) => one.template === template);
      if (entry === undefined) return undefined;
      if (name !== 'path') return [];
      const { source } = entry;
      const reply = await ask({ source, action: 'complete', args: { typed: value } }, signal);
      return reply.ok ? (reply.answer.data as { values: string[] }).values : [];
    },
  };
}

function contentsOf(
  uri: string,
  data: Record<string, unknown>,
): ReadResourceResult['contents'][number] {
  const { mimeType, text, blob } = data as { mimeType: string; text?: string; blob?: string };
  return text === undefined ? { uri, mimeType, blob: blob ?? '' } : { uri, mimeType, text };
}
