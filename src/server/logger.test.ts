import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'

const program = `
  import { createLogger } from './src/server/logger.ts'
  const logger = createLogger({ level: 'info' })
  logger.info({ who: 'Anna %s' }, 'one')
  logger.error({ token: 'T0', request: { password: 'P0' } }, 'two %s %o')
  logger.debug('three')`

it('each entry is a line of JSON with its time in UTC, on standard output and nowhere else', async () => {
  const { stdout, stderr } = await run(program)
  const lines = stdout.trimEnd().split('\n')
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(entries).toMatchObject([
    { level: 30, who: 'Anna %s', msg: 'one' },
    { level: 50, token: '[secret]', request: { password: '[secret]' }, msg: 'two %s %o' },
  ])
  for (const { time } of entries) expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  expect(stderr).toBe('')
})

/** In a zone that is far from UTC. */
function run(code: string): Promise<{ stdout: string; stderr: string }> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code]
  const env = { NODE_ENV: 'test' as const, TZ: 'Pacific/Auckland' }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
      error ? reject(error) : resolve({ stdout, stderr }),
    )
  })
}
