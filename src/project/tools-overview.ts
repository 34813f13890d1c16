import { describeBinding } from '../blueprint/binding.js';
import { tokensOf } from '../blueprint/list-cost.js';
import { listedTools, toolList } from '../blueprint/surface.js';
import type { Blueprint, JsonSchema, Tool } from '../blueprint/types.js';
import { givenGroups } from './groups.js';
import { headingAnchors } from './heading-anchors.js';
import { limitsLabel } from './limits-label.js';

/** What `TOOLS.md` shows: tools by group, with their arguments and what each costs in every conversation. */
export type ToolsOverview = { groups: ToolGroup[] };

export type ToolGroup = {
  title: string;
  count: number;
  anchor: string;
  linked: boolean;
  tools: ShownTool[];
};

export type ShownTool = {
  name: string;
  purpose: string;
  request: string;
  tokens: number;
  deprecated: boolean;
  /** OAuth scopes that calling it takes; empty where it takes none. */
  scopes: string;
  hasArguments: boolean;
  arguments: ShownArgument[];
};

export type ShownArgument = {
  name: string;
  type: string;
  required: string;
  limits: string;
  description: string;
};

export function toolsOverview(blueprint: Blueprint): ToolsOverview {
  const cost = new Map(toolList(blueprint).map((tool) => [tool.name, tokensOf(tool)]));
  const listed = listedTools(blueprint);
  const anchorOf = headingAnchors();
  anchorOf('Tools');
  return {
    groups: [...givenGroups(listed)].map(([title, tools]): ToolGroup => {
      const anchor = anchorOf(title);
      for (const { name } of tools) anchorOf(name);
      return {
        title,
        count: tools.length,
        anchor,
        // Only plain titles have an anchor that every viewer agrees on.
        linked: /^[A-Za-z0-9]+(?:[ _-][A-Za-z0-9]+)*$/.test(title),
        tools: tools.map((tool) => shown(tool, cost.get(tool.name) ?? 0)),
      };
    }),
  };
}

function shown(tool: Tool, tokens: number): ShownTool {
  const properties = Object.entries(
    (tool.inputSchema.properties ?? {}) as Record<string, JsonSchema>,
  );
  const required = new Set((tool.inputSchema.required ?? []) as string[]);
  return {
    name: tool.name,
    purpose: firstParagraph(tool.description),
    request: describeBinding(tool),
    tokens,
    deprecated: tool.deprecated === true,
    scopes: (tool.scopes ?? []).join(' '),
    hasArguments: properties.length > 0,
    arguments: properties.map(([name, schema]) => ({
      name,
      type: typeLabel(schema),
      required: required.has(name) ? 'yes' : '',
      limits: limitsLabel(schema),
      description: firstParagraph(typeof schema.description === 'string' ? schema.description : ''),
    })),
  };
}

/** The text up to an empty line or to what is no prose: a list, a table, a heading, a block of code. */
function firstParagraph(text: string): string {
  const lines = text.trim().split(/\r?\n/);
  const end = lines.findIndex(
    (line, index) => index > 0 && /^\s*(?:$|[-*+|#>`~<]|\d+[.)]\s)/.test(line),
  );
  const first = end === -1 ? lines : lines.slice(0, end);
  return first.map((line) => line.trim()).join(' ');
}

/** A short name for what a schema lets pass. */
function typeLabel(schema: JsonSchema): string {
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.slice(0, 6).map((value) => JSON.stringify(value));
    return [...values, ...(schema.enum.length > 6 ? ['…'] : [])].join(' | ');
  }
  if (typeof schema.$ref === 'string') return schema.$ref.replace(/^#\/\$defs\//, '');
  if (schema.type === 'array' && typeof schema.items === 'object' && schema.items !== null) {
    const item = typeLabel(schema.items as JsonSchema);
    return item.includes(' ') ? `(${item})[]` : `${item}[]`;
  }
  if (Array.isArray(schema.type)) return schema.type.join(' | ');
  if (typeof schema.type === 'string') return schema.type;
  for (const keyword of ['anyOf', 'oneOf']) {
    const parts = schema[keyword];
    if (Array.isArray(parts)) {
      return [...new Set(parts.slice(0, 4).map((part) => typeLabel(part as JsonSchema)))].join(
        ' | ',
      );
    }
  }
  return 'any';
}
