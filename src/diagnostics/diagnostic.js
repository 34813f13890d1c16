/** The input cannot be used at all: shown with frame and fix, exit code 2, nothing written. */
export class InputError extends Error {
    diagnostics;
    constructor(diagnostics) {
        super(diagnostics[0]?.message ?? 'unusable input');
        this.name = 'InputError';
        this.diagnostics = diagnostics;
    }
}
