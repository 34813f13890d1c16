import type { Manifest } from '../../src/sources/manifest/manifest.js';

/** What a user of the pet shop's server wants to be different. */
export const custom: Pick<Manifest, 'tools' | 'hooks'> = {
  tools: {
    getPet: { name: 'fetchPet', title: 'Fetch a pet', description: 'Reads one pet.' },
    listPets: { handler: 'src/handlers/list-pets.ts' },
    addPet: { handler: 'src/handlers/addPet.ts' },
    removePet: { hidden: true },
    quote: {
      description: 'What a pet costs.',
      input: {
        type: 'object',
        properties: { petId: { $ref: '#/$defs/Id' }, pieces: { type: 'integer', minimum: 1 } },
        required: ['petId'],
        $defs: { Id: { type: 'integer', description: 'Number of the pet.' } },
      },
      output: {
        type: 'object',
        properties: { price: { type: 'number' }, of: { type: 'string' } },
        required: ['price', 'of'],
        additionalProperties: false,
      },
      annotations: { readOnlyHint: true },
      handler: 'src/handlers/shop/quote.ts',
    },
    later: {
      description: 'Not there yet.',
      input: { type: 'object' },
      handler: 'src/handlers/later.ts',
    },
  },
  hooks: 'src/hooks.ts',
};

/** The same files after the user has worked on them. */
export const edited: Record<string, string> = {
  'src/handlers/list-pets.ts': `import type { ListPetsArguments, ListPetsResult } from '../generated/handlers/list-pets.js';
import type { Handler } from '../runtime/handler.js';

export const handler: Handler<ListPetsArguments, ListPetsResult> = async (args, context) => {
  const { data } = await context.request({ ...args, limit: args.limit ?? 3 });
  return data.items.map(({ name }) => name.toUpperCase()).join(', ');
};
`,
  'src/handlers/shop/quote.ts': `import type { QuoteArguments, QuoteResult } from '../../generated/handlers/quote.js';
import { UserInputError, type OwnHandler } from '../../runtime/handler.js';

export const handler: OwnHandler<QuoteArguments, QuoteResult> = async (args, context) => {
  const { petId, pieces = 1 } = args;
  if (pieces > 9) throw new UserInputError('At most 9 pieces: split the order.');
  if (petId === 13) throw new Error('secret detail');
  if (petId === 14) return { price: 'free' } as never;
  const { data } = await context.callTool('fetchPet', { petId });
  return { price: 10 * pieces, of: String((data as { name?: unknown }).name) };
};
`,
  'src/hooks.ts': `import { UserInputError, type Hooks } from './runtime/hooks.js';

export const hooks: Hooks = {
  onRequest(request, { tool, attempt }) {
    request.headers['X-Signed'] = \`\${request.method} \${tool} \${attempt} \${request.body?.length ?? 0}\`;
    request.url += (request.url.includes('?') ? '&' : '?') + 'traced=1';
    if (tool === 'getInventory') throw new UserInputError('The shop is closed.');
    if (request.url.includes('/orders/77')) throw new Error('hook detail');
  },
  async onResponse(response, { operation }) {
    if (operation === 'GET /orders/{orderId}' && response.status === 404) {
      response.status = 200;
      response.body = new TextEncoder().encode('{"id":0,"note":"none"}');
    }
  },
};
`,
};
