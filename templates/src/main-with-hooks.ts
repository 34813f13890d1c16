#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { backends } from './generated/backends.js';
import { hooks } from './generated/hooks.js';
import { server } from './generated/server.js';
import { tools } from './generated/tools/index.js';
import { start } from './runtime/start.js';

// What is already set in the environment wins over the file.
const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) process.loadEnvFile(settings);

await start({ server, backends, tools, hooks });
