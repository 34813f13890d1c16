import type { Blueprint } from '../blueprint/types.js';
import { createContext, type Feature, type PlanOptions } from './context.js';
import { auth } from './features/auth.js';
import { clients } from './features/clients.js';
import { databases } from './features/databases.js';
import { docs } from './features/docs.js';
import { folders } from './features/folders.js';
import { handlers } from './features/handlers.js';
import { hooks } from './features/hooks.js';
import { inputs } from './features/inputs.js';
import { packageFiles } from './features/package.js';
import { prompts } from './features/prompts.js';
import { registry } from './features/registry.js';
import { resources } from './features/resources.js';
import { runtime } from './features/runtime.js';
import { server } from './features/server.js';
import { sessions } from './features/sessions.js';
import { sources } from './features/sources.js';
import { tests } from './features/tests.js';
import { tools } from './features/tools.js';
import { toolsets } from './features/toolsets.js';
import { types } from './features/types.js';
import { upstreams } from './features/upstreams.js';
import type { FileSpec } from './file-spec.js';

const FEATURES: Feature[] = [
  auth,
  clients,
  databases,
  docs,
  folders,
  handlers,
  hooks,
  inputs,
  packageFiles,
  prompts,
  registry,
  resources,
  runtime,
  server,
  sessions,
  sources,
  tests,
  tools,
  toolsets,
  types,
  upstreams,
];

/** Which files the emitted project has, and what each one shows; sorted by path. */
export function planProject(blueprint: Blueprint, options: PlanOptions): FileSpec[] {
  const context = createContext(blueprint, options);
  return FEATURES.flatMap((feature) => feature(context)).sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
  );
}
