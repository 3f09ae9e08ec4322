/**
 * `npm test`: every check a contributor needs, one after the other, and one line at the end that sums them up.
 * `npm test -- unit int` runs those named; `chaos` only then.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { checkNode } from './check-node.mjs'

checkNode()
const root = path.resolve(import.meta.dirname, '../..')
const { prepare } = await import('./prepare.mjs')
const { failedTests, firstLines } = await import('./failed-tests.ts')

const CHECKS = [
  {
    name: 'types',
    steps: [
      ['next', 'typegen'],
      // Whole, not incremental: what an earlier run noted down must not hide an error.
      ['tsc', '--noEmit', '--incremental', 'false'],
    ],
  },
  { name: 'format', steps: [['biome', 'check', '.']] },
  { name: 'lint', steps: [['oxlint', '--type-aware', '--deny-warnings', 'src', 'e2e', 'bench']] },
  { name: 'architecture', steps: [['node', 'src/tools/architecture.mjs']] },
  { name: 'dead-code', steps: [['knip']] },
  { name: 'audit', steps: [['node', 'src/tools/audit.ts']], report: (counts) => counts, mayBeSkipped: true },
  { name: 'unit', steps: [vitest('unit')], report: vitestReport },
  { name: 'int', steps: [vitest('int')], report: vitestReport },
  // The same files as in `int` hold a shortened form of what takes minutes here.
  { name: 'chaos', steps: [vitest('chaos')], report: vitestReport, isExtra: true },
  { name: 'e2e', steps: [['playwright', 'test']], report: playwrightReport, needs: 'pages' },
]

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !CHECKS.some((check) => check.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `There is no check ${unknown.join(', ')}. There are: ${CHECKS.map((check) => check.name).join(', ')}.\n`,
  )
  process.exit(1)
}
mkdirSync(path.join(root, 'test-results'), { recursive: true })
await prepare('client')

const total = { passed: 0, failed: 0, skipped: 0 }
const failures = []
for (const check of CHECKS.filter(({ name, isExtra }) => (wanted.length === 0 ? !isExtra : wanted.includes(name)))) {
  const startedAt = performance.now()
  const counts = await perform(check)
  for (const key of Object.keys(total)) total[key] += counts[key]
  if (counts.failed > 0) failures.push(...failuresOf(check.name))
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  process.stdout.write(`\n=== ${check.name}: ${wordOf(counts)} in ${seconds} s\n\n`)
}
process.exitCode = total.failed === 0 ? 0 : 1
// Said once more, where the end of a long log shows it.
for (const { suite, title, reason } of failures) process.stdout.write(`FAILED ${suite}: ${title}\n  ${reason}\n\n`)
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)

function wordOf({ passed, failed, skipped }) {
  if (failed > 0) return 'FAILED'
  return passed === 0 && skipped > 0 ? 'skipped' : 'passed'
}

function failuresOf(suite) {
  const file = path.join(root, 'test-results', `${suite}.json`)
  const found = existsSync(file) ? failedTests(JSON.parse(readFileSync(file, 'utf8'))) : []
  if (found.length === 0) return [{ suite, title: 'ended badly', reason: 'What it printed, above, says why.' }]
  return found.map(({ title, message }) => ({ suite, title, reason: firstLines(message) }))
}

async function perform({ name, steps, report, needs, mayBeSkipped }) {
  const file = path.join(root, 'test-results', `${name}.json`)
  rmSync(file, { force: true })
  if (needs) await prepare(needs)
  let isGood = true
  for (const step of steps) isGood &&= (await run(step)) === 0
  if (!report) return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 }
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const counts = report(JSON.parse(readFileSync(file, 'utf8')))
  // A suite that ends badly without a failed test (an unhandled error, none found at all) has failed.
  const isEmpty = counts.passed + counts.failed === 0 && !mayBeSkipped
  return counts.failed === 0 && (!isGood || isEmpty) ? { ...counts, failed: 1 } : counts
}

function run([program, ...args]) {
  const bin = program === 'node' ? process.execPath : path.join(root, 'node_modules/.bin', program)
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }
  return new Promise((resolve) => {
    const child = spawn(bin, args, { cwd: root, stdio: 'inherit', env, shell: process.platform === 'win32' })
    child.on('error', (error) => {
      process.stderr.write(`${program} could not be run: ${error.message}. Run \`npm ci\` first.\n`)
      resolve(1)
    })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function vitest(project) {
  return [
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=test-results/${project}.json`,
  ]
}

function vitestReport({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, success }) {
  const failed = numFailedTests > 0 || success ? numFailedTests : Math.max(1, numFailedTestSuites)
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests }
}

function playwrightReport({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}
