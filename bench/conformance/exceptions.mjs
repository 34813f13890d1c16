/**
 * What fixtures/conformance does not pass, and why. `scenario` of these `versions`; only these `checks` where some are named.
 * An exception that is none any more fails the run.
 */
export const EXCEPTIONS = [];
