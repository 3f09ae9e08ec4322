/**
 * Checks which way imports point, that the browser's bundle cannot reach the server, and that the tool has seen the
 * code at all.
 */
import { execFileSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')
const LEAST_MODULES = 100
const BROWSER = /\/ui\/|^src\/web\/components\//
const SERVER = /^prisma\/generated|@prisma\/|^src\/(postgres|runtime|server)\/|^(node:)?(async_hooks|crypto|fs|net)$/

const { modules, summary } = cruise()
const problems = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
problems.push(...leaks().map((path) => `browser-never-reaches-the-server: ${path.join(' → ')}`))
// Without a parser that knows TypeScript the tool sees nothing, and finds nothing wrong.
if (modules.length < LEAST_MODULES) problems.push(`only ${modules.length} modules were seen: is the parser installed?`)
for (const problem of problems) process.stdout.write(`${problem}\n`)
process.stdout.write(`${modules.length} modules, ${problems.length} violations\n`)
process.exitCode = problems.length === 0 ? 0 : 1

/** Paths of imports by value from the browser's code into the server's. A type is gone once it is compiled. */
function leaks() {
  const importsOf = new Map(
    modules.map(({ source, dependencies }) => [source, dependencies.filter(isByValue).map((each) => each.resolved)]),
  )
  const found = []
  const seen = new Set()
  const walk = (trail) => {
    const source = trail.at(-1)
    if (SERVER.test(source)) return found.push(trail)
    if (seen.has(source)) return
    seen.add(source)
    for (const imported of importsOf.get(source) ?? []) walk([...trail, imported])
  }
  for (const { source } of modules) if (BROWSER.test(source)) walk([source])
  return found
}

function isByValue({ dependencyTypes }) {
  return !dependencyTypes.includes('type-only')
}

function cruise() {
  const bin = path.join(root, 'node_modules/.bin/depcruise')
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }
  try {
    return JSON.parse(execFileSync(bin, ['src', '--output-type', 'json'], options))
  } catch (error) {
    // It ends with the number of violations, and prints them all the same.
    if (error.stdout) return JSON.parse(error.stdout)
    throw error
  }
}
