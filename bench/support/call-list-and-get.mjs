import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/**
 * What the tools that list and get say of each table of an empty database, over stdio: one line for each table that is not
 * listed as empty, and for each key that is not told to lead to nothing. `keys` are examples of keys by table.
 */
export async function callListAndGet({ main, cwd, env, blueprint, keys }) {
  const client = new Client({ name: 'corpus', version: '1.0.0' });
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [main],
    cwd,
    env: { ...process.env, ...env },
    stderr: 'ignore',
  });
  await client.connect(transport);
  const call = async (name, args) => {
    const { isError, content } = await client.callTool({ name, arguments: args });
    return { isError: isError === true, text: content.map(({ text }) => text).join('\n') };
  };
  const problems = [];
  let calls = 0;
  try {
    for (const [table, { key }] of Object.entries(blueprint.sources[0].database.tables)) {
      const list = toolFor(blueprint, 'list', table);
      const get = toolFor(blueprint, 'get', table);
      if (list === undefined) problems.push(`nothing lists ${table}`);
      else {
        calls += 1;
        const { isError, text } = await call(list.name, { ...list.args, limit: 2 });
        const isEmpty = !isError && JSON.parse(text).rows.length === 0;
        if (!isEmpty) problems.push(`${list.name} ${table}: ${text.slice(0, 200)}`);
      }
      if (key === undefined || !keys.has(table)) continue;
      if (get === undefined) problems.push(`nothing gets a row of ${table}`);
      else {
        calls += 1;
        const { isError, text } = await call(get.name, { ...get.args, key: keys.get(table) });
        if (!isError || !text.includes('has no row with the key')) {
          problems.push(`${get.name} ${table}: ${text.slice(0, 200)}`);
        }
      }
    }
  } finally {
    await client.close();
  }
  return { problems, calls };
}

/** The tool that does something with a table: its own, or the one for any table. */
function toolFor({ tools }, action, table) {
  const fitting = tools.filter(({ binding }) => binding.action === action);
  const own = fitting.find(({ binding }) => binding.table === table);
  if (own) return { name: own.name, args: {} };
  const any = fitting.find(({ binding }) => binding.table === undefined);
  return any && { name: any.name, args: { table } };
}
