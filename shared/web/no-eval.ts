/**
 * Import this before any contract. Our pages forbid code made from text, and zod would try to make some, to be
 * fast; the browser reports each try. This is zod's own switch, set before zod looks.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
