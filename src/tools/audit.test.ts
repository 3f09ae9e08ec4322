import { expect, it } from 'vitest'
import { verdictOf } from './audit.ts'

const report = (severity: string) =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities: { 'left-pad': { severity, range: '<1.3.0' } } })

it('a serious weakness fails, and names what has it', () => {
  for (const severity of ['high', 'critical']) {
    expect(verdictOf(report(severity))).toEqual({
      outcome: 'failed',
      text: `Known weaknesses: left-pad <1.3.0 (${severity}). \`npm audit\` says more.`,
    })
  }
})

it('none, or a lesser one, passes', () => {
  for (const answer of [report('moderate'), report('low'), '{"auditReportVersion":2,"vulnerabilities":{}}'])
    expect(verdictOf(answer).outcome).toBe('passed')
})

it('a registry that does not answer leaves it open, and says why', () => {
  const refusal = JSON.stringify({ message: '405 Method Not Allowed', error: { summary: '' } })
  expect(verdictOf(refusal)).toEqual({
    outcome: 'skipped',
    text: 'The registry could not be asked for advisories: 405 Method Not Allowed',
  })
  for (const answer of ['', 'npm ERR! network', '{}', '[]']) {
    expect(verdictOf(answer)).toMatchObject({ outcome: 'skipped', text: expect.stringContaining('it gave no answer') })
  }
})
