import type { OwnServer } from './offers.js';

/** Where nothing is served: parts that are tried alone. */
export const noServer: OwnServer = {
  callTool: () => Promise.reject(new TypeError('there is no server that could be asked')),
  read: () => Promise.reject(new TypeError('there is no server that could be asked')),
};
