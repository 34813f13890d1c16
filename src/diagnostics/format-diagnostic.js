import { codeFrame } from './frame.js';
import { createLocator } from './locate.js';
import { oneLine } from './visible.js';
const colours = { error: 'red', warning: 'yellow', info: 'cyan' };
/** Prints diagnostics; `textOf` gives the text of a file that was read, by the name in `Origin.file`. */
export function createDiagnosticPrinter(textOf, paint = (_, text) => text) {
    const locator = createLocator(textOf);
    const locate = (diagnostic) => diagnostic.origin && locator(diagnostic.origin);
    function line(diagnostic) {
        const severity = paint(colours[diagnostic.severity], diagnostic.severity);
        const parts = [severity, paint('dim', diagnostic.code), paint('bold', diagnostic.message)];
        const place = locate(diagnostic);
        if (!diagnostic.origin)
            return parts.join('  ');
        const file = oneLine(diagnostic.origin.file);
        return [place ? `${file}:${place.line}:${place.column}` : file, ...parts].join('  ');
    }
    function full(diagnostic) {
        const place = locate(diagnostic);
        const text = diagnostic.origin && textOf(diagnostic.origin.file);
        const lines = [line(diagnostic)];
        if (place && text !== undefined)
            lines.push(...codeFrame(text, place));
        if (diagnostic.at !== undefined)
            lines.push(`${paint('dim', 'at')}   ${diagnostic.at}`);
        if (diagnostic.fix !== undefined)
            lines.push(`${paint('dim', 'fix')}  ${diagnostic.fix}`);
        return lines.join('\n');
    }
    return { full, line, locate };
}
