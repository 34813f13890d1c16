import {
  inputRequired,
  inputResponse,
  type CreateMessageRequestParams,
  type CreateMessageResult,
  type InputRequest,
  type InputResponseView,
  type Root,
} from '@modelcontextprotocol/server';
import { compileSchema } from '../arguments/compile.js';
import { UserInputError } from '../calls/user-input-error.js';
import type { FormContent, FormSchema } from './form.js';
import type { Input } from './input.js';

/**
 * Asks the client while a call is on its way. The call ends with the question, and **the handler runs again from its
 * beginning** when it comes back with the answer: ask before anything is changed, and put to one key one question. Questions
 * that are asked together (`Promise.all`) are put together. A client that cannot be asked is told so.
 */
export type Ask = {
  /** What this client can be asked for. */
  can: { user: boolean; model: boolean; roots: boolean };
  /** Has the user fill in a form. What is filled in fits the schema. */
  user: <const Schema extends FormSchema>(
    key: string,
    question: { message: string; schema: Schema },
  ) => Promise<UserAnswer<FormContent<Schema>>>;
  /** Has the client's model answer (sampling; deprecated since MCP 2026-07-28). */
  model: (key: string, params: CreateMessageRequestParams) => Promise<CreateMessageResult>;
  /** The folders that the client works in (deprecated since MCP 2026-07-28). */
  roots: (key: string) => Promise<Root[]>;
};

export type UserAnswer<Content> =
  { action: 'accept'; content: Content } | { action: 'decline' | 'cancel' };

export type AskOptions = {
  /** Of the tool that asks. */
  tool: string;
  /** Absent where nobody can be asked: in a call that another tool makes. */
  input: Input | undefined;
  /** Whether something was changed already in this call. */
  changed: () => boolean;
};

export function createAsk({ tool, input, changed }: AskOptions): Ask {
  function put<T>(
    key: string,
    request: InputRequest,
    read: (view: InputResponseView) => T | undefined,
  ): Promise<T> {
    const answer = async () => {
      if (input === undefined) throw new UserInputError(`${tool} asks back: ${ALONE}`);
      if (changed()) throw new TypeError(`${tool} asks ${key} after a change: ${TWICE}`);
      return input.answer(key, request, (response) =>
        read(inputResponse({ [key]: response }, key)),
      );
    };
    const asked = answer();
    // With several questions only the first failure is waited for.
    asked.catch(() => {});
    return asked;
  }

  const { elicitation, sampling, roots } = input?.can ?? {};
  const bare = elicitation !== undefined && Object.keys(elicitation).length === 0;
  return {
    can: {
      user: bare || elicitation?.form !== undefined,
      model: sampling !== undefined,
      roots: roots !== undefined,
    },
    user: (key, { message, schema }) => {
      // Whether it is one that can be shown is checked when it is sent.
      const requestedSchema = schema as never;
      return put(key, inputRequired.elicit({ message, requestedSchema }), (view) =>
        view.kind === 'elicit' ? filledIn(view, schema) : undefined,
      );
    },
    model: (key, params) =>
      put(key, inputRequired.createMessage(params), (view) =>
        view.kind === 'sampling' ? (view.result as CreateMessageResult) : undefined,
      ),
    roots: (key) =>
      put(key, inputRequired.listRoots(), (view) =>
        view.kind === 'roots' ? view.roots : undefined,
      ),
  };
}

const ALONE = 'it can only be called by a client itself, not by another tool.';
const TWICE = 'the handler runs again with the answer, and would make it twice';

/** Undefined for content that breaks the schema. */
function filledIn<Schema extends FormSchema>(
  { action, content }: InputResponseView & { kind: 'elicit' },
  schema: Schema,
): UserAnswer<FormContent<Schema>> | undefined {
  if (action !== 'accept') return { action };
  const nodes = JSON.stringify(content ?? null).length;
  const errors = compileSchema(schema).check(content ?? {}, { nodes, nameSteps: 0 });
  if (errors.length > 0) return undefined;
  return { action, content: (content ?? {}) as FormContent<Schema> };
}
