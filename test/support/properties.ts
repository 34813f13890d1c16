import fc from 'fast-check';

/** Examples are the same in every run, so that a failure is of the code; `PROPERTY_SEED=random` looks for new ones. */
const seed = process.env['PROPERTY_SEED'] ?? '20261121';

if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
