/**
 * What fixtures/conformance does not pass: a `scenario` of these `versions`, of it only these `checks` where some are named, and
 * the `reason`. An exception that is none any more fails the run.
 */
export const EXCEPTIONS = [];
