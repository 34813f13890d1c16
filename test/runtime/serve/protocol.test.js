import { afterEach, describe, expect, test } from 'vitest';
import { connectHttp, connectStdio, ERAS, listen, LISTED, makeFactory, } from './support.js';
const cleanUp = [];
afterEach(async () => {
    for (const close of cleanUp.splice(0).reverse())
        await close();
});
async function connect(transport, era) {
    const factory = makeFactory({
        problems: (tool) => (tool.name === 'add_pet' ? ['SHOP_TOKEN is not set'] : []),
    });
    if (transport === 'stdio') {
        const { client, listener } = await connectStdio(era, factory);
        cleanUp.push(() => listener.close(100), () => client.close());
        return client;
    }
    const listener = await listen(factory);
    const client = await connectHttp(era, listener.url);
    cleanUp.push(() => listener.close(100), () => client.close());
    return client;
}
const PAIRS = ['stdio', 'http'].flatMap((transport) => ERAS.map((era) => [transport, era]));
describe.each(PAIRS)('over %s with a client of %s', (transport, era) => {
    test('lists the tools in their order', async () => {
        const client = await connect(transport, era);
        expect((await client.listTools()).tools).toEqual(LISTED);
    });
    test('calls a tool', async () => {
        const client = await connect(transport, era);
        const result = await client.callTool({ name: 'get_pet', arguments: { id: '7' } });
        expect(result).toMatchObject({
            content: [{ type: 'text', text: 'get_pet {"id":7}' }],
            structuredContent: { id: 7 },
        });
        expect(result.isError).toBeUndefined();
    });
    test('answers wrong arguments with a result that says what to change', async () => {
        const client = await connect(transport, era);
        const result = await client.callTool({ name: 'get_pet', arguments: {} });
        expect(result).toMatchObject({
            isError: true,
            content: [
                {
                    type: 'text',
                    text: 'Invalid arguments for get_pet:\n- /id: is missing; expected integer',
                },
            ],
        });
    });
    test('names what a tool lacks', async () => {
        const client = await connect(transport, era);
        const result = await client.callTool({ name: 'add_pet' });
        expect(result).toMatchObject({
            isError: true,
            content: [
                {
                    type: 'text',
                    text: 'add_pet is not configured on this server:\n- SHOP_TOKEN is not set',
                },
            ],
        });
    });
    test('refuses a tool that is not there', async () => {
        const client = await connect(transport, era);
        await expect(client.callTool({ name: 'get_pets' })).rejects.toMatchObject({
            code: -32602,
            message: expect.stringContaining('Tool get_pets not found; did you mean get_pet?'),
        });
    });
    test('has no resources and no prompts', async () => {
        const client = await connect(transport, era);
        expect((await client.listResources()).resources).toEqual([]);
        expect((await client.listPrompts()).prompts).toEqual([]);
        await expect(client.readResource({ uri: 'file:///gone' })).rejects.toMatchObject({
            code: -32602,
            data: { uri: 'file:///gone' },
        });
    });
});
