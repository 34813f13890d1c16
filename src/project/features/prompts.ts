import type { Feature } from '../context.js';
import { offerFile } from './resources.js';

/** The prompts that mcp.yaml declares, as data. */
export const prompts: Feature = ({ blueprint }) =>
  blueprint.prompts.length === 0 ? [] : [offerFile('prompts', blueprint.prompts)];
