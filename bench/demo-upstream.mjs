// A pet shop in memory that answers fixtures/petstore/openapi.yaml on loopback.
// As a program: prints its base URL, and ends with its standard input or after ten minutes.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const LIFE_MS = 10 * 60_000;
const MAX_BODY_BYTES = 6_000_000;
/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);

class Problem extends Error {
  constructor(status, title, detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

/** Starts the shop on a free port of 127.0.0.1; any API key and any bearer token will do. */
export async function startDemoUpstream({ port = 0 } = {}) {
  const shop = openShop();
  const server = createServer((request, response) => {
    answer(shop, request)
      .catch((error) => problemAnswer(error))
      .then(({ status, headers = {}, body }) => {
        response.writeHead(status, { ...headers, connection: 'close' }).end(body);
      });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function openShop() {
  const pet = (id, name, species, status, tags, born) => [
    id,
    { id, name, species, status, tags, born },
  ];
  return {
    pets: new Map([
      pet(1, 'Rex', 'dog', 'reserved', ['loud', 'good with children'], '2024-05-11'),
      pet(2, 'Miep', 'cat', 'available', ['shy'], '2025-01-30'),
      pet(3, 'Ferdinand', 'rabbit', 'available', [], '2025-08-02'),
    ]),
    photos: new Map([[7, { id: 7, petId: 1, caption: 'Rex at the lake', content: PNG }]]),
    orders: new Map([
      [
        10,
        {
          id: 10,
          status: 'open',
          lines: [{ petId: 1, price: { amount: '120.00', currency: 'EUR' } }],
          placedAt: '2026-02-03T10:15:00Z',
        },
      ],
    ]),
    lastId: 100,
  };
}

async function answer(shop, request) {
  const url = new URL(request.url, 'http://shop');
  const body = await readBody(request);
  const path = url.pathname.replace(/^\/v1/, '');
  for (const [method, pattern, handle, guard] of ROUTES) {
    const match = method === request.method && pattern.exec(path);
    if (!match) continue;
    guard?.(request);
    const ids = match.slice(1).map(Number);
    return handle(shop, {
      ids,
      query: url.searchParams,
      body,
      type: request.headers['content-type'] ?? '',
    });
  }
  throw new Problem(404, 'Not Found', `There is no ${request.method} ${path}.`);
}

async function readBody(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Problem(413, 'Too Large', 'At most 5 MB.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function needsKey({ headers }) {
  if (!headers['x-api-key'])
    throw new Problem(401, 'Unauthorized', 'Send an API key in X-Api-Key.');
}

function needsToken({ headers }) {
  if (!/^Bearer ./.test(headers.authorization ?? '')) {
    throw new Problem(401, 'Unauthorized', 'Send the bearer token of a member of staff.');
  }
}

const ROUTES = [
  ['GET', /^\/pets$/, listPets, needsKey],
  ['POST', /^\/pets$/, addPet, needsKey],
  [
    'GET',
    /^\/pets\/(\d+)$/,
    (shop, { ids }) => json(200, found(shop.pets, ids[0], 'pet')),
    needsKey,
  ],
  ['PATCH', /^\/pets\/(\d+)$/, updatePet, needsKey],
  ['DELETE', /^\/pets\/(\d+)$/, removePet, needsKey],
  ['POST', /^\/pets\/(\d+)\/photos$/, addPhoto, needsKey],
  ['GET', /^\/pets\/(\d+)\/photos\/(\d+)$/, getPhoto, needsKey],
  ['GET', /^\/orders$/, listOrders, needsToken],
  ['POST', /^\/orders$/, placeOrder, needsToken],
  [
    'GET',
    /^\/orders\/(\d+)$/,
    (shop, { ids }) => json(200, found(shop.orders, ids[0], 'order')),
    needsToken,
  ],
  ['POST', /^\/orders\/(\d+)\/cancel$/, cancelOrder, needsToken],
  ['GET', /^\/inventory$/, inventory],
];

function listPets(shop, { query }) {
  const wanted = query.getAll('status');
  const species = query.get('species');
  const bornAfter = query.get('bornAfter');
  const pets = [...shop.pets.values()]
    .filter((pet) => wanted.length === 0 || wanted.includes(pet.status))
    .filter((pet) => species === null || pet.species === species)
    .filter((pet) => bornAfter === null || (pet.born ?? '') >= bornAfter)
    .reverse();
  return page(pets, query);
}

function listOrders(shop, { query }) {
  const status = query.get('status');
  const orders = [...shop.orders.values()].filter((order) => !status || order.status === status);
  return page(orders.reverse(), query);
}

function page(items, query) {
  const start = Number(query.get('cursor') ?? 0);
  const end = start + Number(query.get('limit') ?? 20);
  return json(200, {
    items: items.slice(start, end),
    nextCursor: end < items.length ? String(end) : null,
  });
}

function addPet(shop, { body }) {
  const { name, species, status = 'available', tags = [], ...rest } = parse(body);
  if (!name || !species) throw new Problem(422, 'Unprocessable', 'A pet has a name and a species.');
  const id = (shop.lastId += 1);
  const pet = { id, name, species, status, tags, ...rest };
  shop.pets.set(id, pet);
  return json(201, pet, { location: `/v1/pets/${id}` });
}

function updatePet(shop, { ids, body }) {
  const pet = { ...found(shop.pets, ids[0], 'pet'), ...parse(body), id: ids[0] };
  shop.pets.set(pet.id, pet);
  return json(200, pet);
}

function removePet(shop, { ids }) {
  const pet = found(shop.pets, ids[0], 'pet');
  if (pet.status === 'reserved')
    throw new Problem(409, 'Conflict', `${pet.name} is part of an open order.`);
  shop.pets.delete(pet.id);
  return { status: 204 };
}

async function addPhoto(shop, { ids, body, type }) {
  const pet = found(shop.pets, ids[0], 'pet');
  const form = await new Response(body, { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const file = form?.get('file');
  if (typeof file?.arrayBuffer !== 'function')
    throw new Problem(422, 'Unprocessable', 'Send a file.');
  const content = Buffer.from(await file.arrayBuffer());
  const id = (shop.lastId += 1);
  const caption = form.get('caption') ?? '';
  shop.photos.set(id, { id, petId: pet.id, caption, content });
  return json(201, { id, petId: pet.id, caption, bytes: content.length });
}

function getPhoto(shop, { ids: [petId, photoId] }) {
  const photo = found(shop.photos, photoId, 'photo');
  if (photo.petId !== petId)
    throw new Problem(404, 'Not Found', `Pet ${petId} has no photo ${photoId}.`);
  return { status: 200, headers: { 'content-type': 'image/png' }, body: photo.content };
}

function placeOrder(shop, { body }) {
  const { lines = [], delivery } = parse(body);
  const pets = lines.map(({ petId }) => found(shop.pets, Number(petId), 'pet'));
  const taken = pets.find(({ status }) => status !== 'available');
  if (pets.length === 0) throw new Problem(422, 'Unprocessable', 'An order has at least one line.');
  if (taken) throw new Problem(409, 'Conflict', `${taken.name} is ${taken.status}.`);
  for (const pet of pets) pet.status = 'reserved';
  const id = (shop.lastId += 1);
  const order = {
    id,
    status: 'open',
    lines: pets.map((pet) => ({ petId: pet.id, price: { amount: '80.00', currency: 'EUR' } })),
    ...(delivery && { delivery }),
    placedAt: new Date().toISOString(),
  };
  shop.orders.set(id, order);
  return json(201, order);
}

function cancelOrder(shop, { ids }) {
  const order = found(shop.orders, ids[0], 'order');
  if (order.status !== 'open') throw new Problem(409, 'Conflict', `The order is ${order.status}.`);
  order.status = 'cancelled';
  for (const { petId } of order.lines) {
    const pet = shop.pets.get(petId);
    if (pet) pet.status = 'available';
  }
  return json(200, order);
}

function inventory(shop) {
  const counts = { available: 0, reserved: 0, sold: 0 };
  for (const { status } of shop.pets.values()) counts[status] = (counts[status] ?? 0) + 1;
  return json(200, counts);
}

function found(map, id, what) {
  const item = map.get(id);
  if (!item) throw new Problem(404, 'Not Found', `There is no ${what} ${id}.`);
  return item;
}

function parse(body) {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Problem(400, 'Bad Request', 'The body is not JSON.');
  }
}

function json(status, value, headers = {}) {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(value),
  };
}

function problemAnswer(error) {
  const { status = 500, title = 'Internal Error', message } = error;
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ title, status, detail: message }),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url, close } = await startDemoUpstream();
  process.stdout.write(`${url}\n`);
  const stop = () => close().then(() => process.exit(0));
  setTimeout(stop, LIFE_MS).unref();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  process.stdin.once('end', stop).resume();
}
