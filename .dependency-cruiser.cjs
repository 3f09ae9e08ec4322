/** Which way imports may point. What the browser's bundle can reach along whole paths is checked in src/tools/architecture.mjs. */
const TEST = '\\.(test|spec)\\.tsx?$|/testing/|^src/server/database/testing'
const MODULE = '^src/modules/([^/]+)/'
const ADAPTER = '^src/(postgres|runtime)/'
const rule = (name, from, to) => ({ name, severity: 'error', from, to })

const edges = [
  rule('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
  // XState for its pure `transition`: a process is data and a function, and the library adds nothing that runs.
  rule(
    'kernel-is-pure',
    { path: '^src/bus/', pathNot: TEST },
    { pathNot: ['^src/bus/', '(^|/)node_modules/(zod|xstate)/', '^(node:)?crypto$'] },
  ),
  rule(
    'kernel-by-its-doors',
    { pathNot: '^src/bus/' },
    { path: '^src/bus/', pathNot: '^src/bus/(index|message|testing/index)\\.ts$' },
  ),
  rule(
    'adapters-by-their-door',
    { pathNot: ADAPTER },
    { path: ADAPTER, pathNot: '^src/(postgres|runtime)/index\\.ts$' },
  ),
  rule('adapters-do-not-meet', { path: ADAPTER }, { path: ADAPTER, pathNot: '^src/$1/' }),
  rule(
    'adapters-ignore-the-app',
    { path: ADAPTER, pathNot: TEST },
    { path: '^src/(modules|inspector|web|app|server)/' },
  ),
  rule(
    'features-ignore-the-plumbing',
    { path: '^src/(modules|inspector|web)/', pathNot: `${TEST}|^src/web/trpc/client` },
    { path: '^src/(postgres|runtime|server|app)/' },
  ),
  rule(
    'the-client-knows-the-api-by-type',
    { path: '^src/web/trpc/client' },
    { path: '^src/server/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'modules-meet-by-message',
    { path: MODULE, pathNot: TEST },
    { path: MODULE, pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/messages\\.ts$'] },
  ),
  rule(
    'modules-by-a-door',
    { pathNot: '^src/modules/' },
    { path: MODULE, pathNot: '^src/modules/[^/]+/(index|messages|router|ui/index)\\.ts$' },
  ),
  rule(
    'prisma-stays-home',
    { pathNot: '^src/(postgres|server)/|^prisma/|^bench/|^src/modules/[^/]+/store' },
    { path: '^prisma/generated/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'only-entrances-compose',
    { pathNot: `^src/(server|app|tools|cli)/|^bench/|^src/web/trpc/client|${TEST}` },
    { path: '^src/server/' },
  ),
  rule(
    'links-fetch-ahead-by-intent',
    { pathNot: '^src/web/components/link\\.tsx$' },
    { path: '(^|/)node_modules/next/link\\.(js|d\\.ts)$' },
  ),
  rule('no-test-code-in-the-app', { pathNot: TEST }, { path: '^src/.*(\\.test\\.tsx?$|/testing/)' }),
  rule('not-to-unresolvable', {}, { couldNotResolve: true }),
]

module.exports = {
  forbidden: edges,
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // The parser does not know `using`, which those tests use; nothing imports them.
    exclude: { path: '^prisma/generated/(internal|models)|\\.int\\.test\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
