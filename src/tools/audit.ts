/**
 * Asks the registry whether a version that the app runs on is known to be weak. Where the registry does not answer
 * (no network, a mirror without advisories) nothing is known: that counts as skipped, never as passed.
 */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const ROOT = path.resolve(import.meta.dirname, '../..')
const LONGEST_MS = 60_000

const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
})
const refusalSchema = z.object({ message: z.string() })

export type Verdict =
  | { outcome: 'passed'; text: string }
  | { outcome: 'failed'; text: string }
  | { outcome: 'skipped'; text: string }

/** What the answer of `npm audit --json` means. */
export function verdictOf(answer: string): Verdict {
  const json = parse(answer)
  const report = reportSchema.safeParse(json)
  if (!report.success) {
    const refusal = refusalSchema.safeParse(json)
    const reason = refusal.success ? refusal.data.message : 'it gave no answer'
    return { outcome: 'skipped', text: `The registry could not be asked for advisories: ${reason}` }
  }
  const weak = Object.entries(report.data.vulnerabilities).filter(([, { severity }]) => SERIOUS.includes(severity))
  const names = weak.map(([name, { severity, range }]) => `${name} ${range} (${severity})`)
  return weak.length === 0
    ? { outcome: 'passed', text: 'No dependency of the app is known to have a high or critical weakness.' }
    : { outcome: 'failed', text: `Known weaknesses: ${names.join(', ')}. \`npm audit\` says more.` }
}

const SERIOUS = ['high', 'critical']

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The npm that runs us; it answers on standard output, whatever its exit code. */
function askNpm(): Promise<string> {
  const npm = process.env.npm_execpath
  const [program, first] = npm ? [process.execPath, [npm]] : ['npm', []]
  const args = [...first, 'audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000']
  return new Promise((resolve) => {
    execFile(program, args, { cwd: ROOT, timeout: LONGEST_MS, maxBuffer: 1 << 26 }, (_, stdout) => resolve(stdout))
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { outcome, text } = verdictOf(await askNpm())
  process.stdout.write(`${outcome === 'skipped' ? 'Skipped: ' : ''}${text}\n`)
  const counts = { passed: 0, failed: 0, skipped: 0, [outcome]: 1 }
  writeFileSync(path.join(ROOT, 'test-results/audit.json'), JSON.stringify(counts))
  process.exitCode = outcome === 'failed' ? 1 : 0
}
