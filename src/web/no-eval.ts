/**
 * Runs before every other script: Zod makes code out of schemas where it may. Pages may not, and browsers report each
 * try. It finds its settings here, in whichever of the page's files it comes.
 */
export const NO_EVAL_SCRIPT = 'globalThis.__zod_globalConfig={jitless:true};'
