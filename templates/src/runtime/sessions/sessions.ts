import type { AuthInfo } from '@modelcontextprotocol/server';
import type { ServingFactory } from '../changes/announcing.js';

/** Serves clients of versions before 2026-07-28, who open a session and say with each request which it is. */
export type Sessions = {
  /** Whether a request is one of such a client. */
  isFor: (request: Request) => Promise<boolean>;
  /** Answers it; `authInfo` is of the one who sends it. */
  answer: (request: Request, authInfo?: AuthInfo) => Promise<Response>;
  /** Ends all of them, and opens no more. */
  close: () => Promise<void>;
};

export type SessionsOptions = {
  factory: ServingFactory;
  /** Of a request. */
  maxBodyBytes: number;
};

export type SessionsFactory = (options: SessionsOptions) => Sessions;
