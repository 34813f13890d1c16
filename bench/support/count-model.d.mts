import type { DatabaseModel } from '../../src/sources/sql/model.js';

export function countModel(model: DatabaseModel): Record<string, number>;
