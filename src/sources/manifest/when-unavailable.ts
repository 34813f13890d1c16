import { z } from 'zod';

/** What happens to the tools of a source that does not answer. */
export const whenUnavailable = z.enum(['list', 'hide']).optional();
