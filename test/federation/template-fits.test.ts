import { UriTemplate } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import type { UpstreamLink } from '../../templates/src/runtime/mcp/link.js';
import { mcpResources } from '../../templates/src/runtime/mcp/mcp-resources.js';
import { templateFits } from '../../templates/src/runtime/mcp/template-fits.js';

const TEMPLATES = {
  'shop://{id}': ['shop://a', 'shop://', 'shop://a/b', 'shop://a,b', 'SHOP://a', 'shop://a\nb'],
  'shop://{+path}.md': ['shop://a/b.md', 'shop://.md', 'shop://a.mdx', 'shop://a\nb.md'],
  'shop://{a}/{b}/end': ['shop://1/2/end', 'shop://1/2/3/end', 'shop:////end', 'shop://1/2/end/'],
  'shop://x{/a}{.b}': ['shop://x/1.2', 'shop://x/1', 'shop://x/1.2.3', 'shop://x1.2'],
  'shop://x{?q,r}': ['shop://x?q=1&r=2', 'shop://x?q=1', 'shop://x?r=2&q=1', 'shop://x?q=&r=2'],
  'shop://{a}{b}{c}': ['shop://123', 'shop://12', 'shop://1/23'],
  'shop://{list*}': ['shop://a,b', 'shop://a', 'shop://a/b'],
  'shop://fixed.txt': ['shop://fixed.txt', 'shop://fixed-txt', 'shop://fixed.txt/'],
};

test.each(Object.entries(TEMPLATES))(
  '%s stands for the same URIs as elsewhere',
  (template, uris) => {
    const known = new UriTemplate(template);
    const fits = templateFits(template);
    expect(uris.map((uri) => fits(uri))).toEqual(uris.map((uri) => known.match(uri) !== null));
  },
);

test('S12 what another server makes of its templates keeps nobody waiting', () => {
  const link = {
    upstream: {
      ...{ id: 'other', resources: [], uriPrefix: '' },
      templates: [{ own: 'x://{+a}/{+b}/{+c}/{+d}/{+e}/{+f}/end' }],
    },
  } as unknown as UpstreamLink;
  const { needs } = mcpResources([link], 1_000);
  const uri = `x://${'a/'.repeat(2_000)}`;
  expect(needs?.({ uri })).toBeUndefined();
  expect(needs?.({ uri: `${uri}end` })).toMatchObject({ source: 'other' });
});
