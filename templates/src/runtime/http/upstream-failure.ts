/**
 * How far a request got when no usable answer came back. `not-sent`: nothing left. `unknown`: it
 * may have been applied. `answered`: the upstream said yes, but its answer could not be read.
 */
export type FailureKind = 'not-sent' | 'unknown' | 'answered';

/**
 * No usable answer from an upstream. `reason` is a sentence for the caller and holds no secret
 * and no foreign text.
 */
export class UpstreamFailure extends Error {
  readonly kind: FailureKind;
  readonly reason: string;
  /** False where the upstream is not to blame: our own limits, a cancelled call. */
  readonly upstreamFault: boolean;
  readonly retryAfterMs?: number;

  constructor(
    kind: FailureKind,
    reason: string,
    options: { cause?: unknown; upstreamFault?: boolean; retryAfterMs?: number } = {},
  ) {
    super(reason, { cause: options.cause });
    this.name = 'UpstreamFailure';
    this.kind = kind;
    this.reason = reason;
    this.upstreamFault = options.upstreamFault ?? true;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

/** Codes of errors that come before the first byte is written. */
const NOT_SENT: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name could not be resolved',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'connecting took too long',
  CERT_HAS_EXPIRED: 'its TLS certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its TLS certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its TLS certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its TLS certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its TLS certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS on this port',
};

/** A network error as an UpstreamFailure; the original stays its cause, for the log. */
export function networkFailure(error: unknown): UpstreamFailure {
  const code = errorCode(error);
  const reason = NOT_SENT[code];
  if (reason !== undefined) {
    return new UpstreamFailure('not-sent', `the upstream cannot be reached: ${reason}`, {
      cause: error,
    });
  }
  return new UpstreamFailure(
    'unknown',
    'the connection to the upstream broke before an answer came',
    { cause: error },
  );
}

function errorCode(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return errorCode(error.errors[0]);
  }
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
