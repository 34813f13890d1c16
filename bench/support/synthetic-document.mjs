const WORDS =
  'account address agent article asset batch booking branch budget campaign card cart channel claim client contract coupon course customer device document draft event folder group invoice item job label ledger license listing location meeting member message note offer order package partner payment person plan policy price product profile project quote receipt record refund region release report request review role route rule schedule seat segment service session shipment site stock store subscription supplier survey task team template ticket token transfer trip unit user vehicle vendor visit voucher warehouse webhook worker zone'.split(
    ' ',
  );

const VERBS = ['list', 'create', 'get', 'update', 'delete'];
const ERROR = { $ref: '#/components/responses/Problem' };

/**
 * An OpenAPI 3.0 document with so many operations, the same at every call: resources with five operations each, ten
 * operations to a tag, schemas of a dozen properties that refer to shared ones and to each other.
 */
export function syntheticDocument(operations, { server = 'https://api.example.com/v1' } = {}) {
  const paths = {};
  const schemas = { Address: ADDRESS, Money: MONEY, Page: PAGE };
  const tags = [];
  for (let made = 0; made < operations; made += VERBS.length) {
    const name = resourceName(made / VERBS.length);
    // In chains of four: real schemas refer to each other, but not all to all.
    const before = made % 20 === 0 ? undefined : resourceName(made / VERBS.length - 1);
    const tag = `group ${Math.floor(made / 10) + 1}`;
    if (made % 10 === 0) tags.push({ name: tag, description: `All that concerns ${name}s.` });
    schemas[pascal(name)] = resourceSchema(name, before);
    const wanted = VERBS.slice(0, operations - made);
    for (const verb of wanted) {
      const path = ['list', 'create'].includes(verb) ? `/${name}s` : `/${name}s/{${name}_id}`;
      const method = { list: 'get', create: 'post', update: 'patch' }[verb] ?? verb;
      paths[path] = { ...paths[path], [method]: operation(verb, name, tag) };
    }
  }
  return {
    openapi: '3.0.3',
    info: { title: `Synthetic ${operations}`, version: '1.0.0' },
    servers: [{ url: server }],
    tags,
    paths,
    components: { schemas, responses: { Problem: PROBLEM } },
  };
}

function resourceName(index) {
  const round = Math.floor(index / WORDS.length);
  const word = WORDS[index % WORDS.length];
  return round === 0 ? word : `${word}_${WORDS[round % WORDS.length]}_${round}`;
}

function pascal(name) {
  return name.replaceAll(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase());
}

function operation(verb, name, tag) {
  const type = { $ref: `#/components/schemas/${pascal(name)}` };
  const spoken = name.replaceAll('_', ' ');
  const result = verb === 'list' ? { type: 'array', items: type } : type;
  const answers = { description: 'Done', content: { 'application/json': { schema: result } } };
  const body = { required: true, content: { 'application/json': { schema: type } } };
  const id = parameter(`${name}_id`, 'path', { type: 'string', maxLength: 40 }, `Which ${spoken}.`);
  return {
    operationId: `${name}_${verb}`,
    tags: [tag],
    summary: `${verb} ${spoken}${verb === 'list' ? 's' : ''}`,
    description: `Use it to ${verb} what the account knows as a ${spoken}. Answers with what is stored afterwards.`,
    parameters: verb === 'list' ? LIST_PARAMETERS : verb === 'create' ? [] : [id],
    ...(verb === 'create' || verb === 'update' ? { requestBody: body } : {}),
    responses: verb === 'delete' ? { 204: NOTHING, 404: ERROR } : { 200: answers, 400: ERROR },
  };
}

function parameter(name, where, schema, description) {
  return { name, in: where, required: where === 'path', schema, description };
}

function resourceSchema(name, before) {
  const spoken = name.replaceAll('_', ' ');
  return {
    type: 'object',
    description: `A ${spoken} as it is stored.`,
    required: ['name', 'status'],
    properties: {
      id: { type: 'string', readOnly: true, description: `Identifier of the ${spoken}.` },
      name: { type: 'string', minLength: 1, maxLength: 120, description: 'Shown to people.' },
      status: { type: 'string', enum: ['draft', 'active', 'archived'], example: 'active' },
      note: { type: 'string', nullable: true, description: 'Free text.' },
      priority: { type: 'integer', minimum: 0, maximum: 9, default: 3 },
      tags: { type: 'array', maxItems: 20, items: { type: 'string' } },
      price: { $ref: '#/components/schemas/Money' },
      address: { $ref: '#/components/schemas/Address' },
      limits: {
        type: 'object',
        properties: { daily: { type: 'integer' }, hard: { type: 'boolean' } },
      },
      metadata: { type: 'object', additionalProperties: { type: 'string' } },
      created_at: { type: 'string', format: 'date-time', readOnly: true },
      ...(before && { related: { $ref: `#/components/schemas/${pascal(before)}` } }),
    },
  };
}

const ADDRESS = {
  type: 'object',
  description: 'Where something is.',
  required: ['street', 'city'],
  properties: {
    street: { type: 'string' },
    city: { type: 'string' },
    postal_code: { type: 'string', pattern: '^[0-9A-Z -]{3,10}$' },
    country: { type: 'string', minLength: 2, maxLength: 2, example: 'DE' },
  },
};
const MONEY = {
  type: 'object',
  required: ['amount', 'currency'],
  properties: {
    amount: { type: 'integer', format: 'int64', description: 'In the smallest unit.' },
    currency: { type: 'string', enum: ['EUR', 'USD', 'GBP', 'JPY'] },
  },
};
const PAGE = { type: 'integer', minimum: 1, default: 1 };
const PROBLEM = {
  description: 'It was refused.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: { code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
const NOTHING = { description: 'Gone' };
const LIST_PARAMETERS = [
  parameter('page', 'query', { $ref: '#/components/schemas/Page' }, 'Which page.'),
  parameter('per_page', 'query', { type: 'integer', minimum: 1, maximum: 100 }, 'How many.'),
  parameter(
    'status',
    'query',
    { type: 'array', items: { type: 'string', enum: ['draft', 'active', 'archived'] } },
    'Only those in one of these states.',
  ),
];
