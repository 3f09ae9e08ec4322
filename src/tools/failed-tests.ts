/** Which tests of a report failed, and why: the reports are those of Vitest and of Playwright, as JSON. */
import { stripVTControlCharacters } from 'node:util'

export interface FailedTest {
  title: string
  message: string
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs?: {
    title: string
    ok: boolean
    tests: { results: { errors?: { message?: string }[] }[] }[]
  }[]
}

export interface Report {
  /** Vitest's. */
  testResults?: {
    name: string
    message?: string
    status?: string
    assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[]
  }[]
  /** Playwright's. */
  suites?: PlaywrightSuite[]
  errors?: { message?: string }[]
}

export function failedTests(report: Report): FailedTest[] {
  return [
    ...(report.testResults ?? []).flatMap(ofFile),
    ...(report.suites ?? []).flatMap(ofSuite),
    ...(report.errors ?? []).map(({ message }) => ({ title: 'outside of a test', message: message ?? '' })),
  ]
}

/** A file that could not be run at all has failed without a test. */
function ofFile({ name, message, status, assertionResults }: NonNullable<Report['testResults']>[number]): FailedTest[] {
  const failed = assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => ({ title: `${name} › ${test.fullName}`, message: test.failureMessages?.[0] ?? '' }))
  return failed.length === 0 && status === 'failed' ? [{ title: name, message: message ?? '' }] : failed
}

function ofSuite({ title, suites = [], specs = [] }: PlaywrightSuite): FailedTest[] {
  const failed = specs.filter((spec) => !spec.ok).map((spec) => ({ title: spec.title, message: whyOf(spec.tests) }))
  return [...failed, ...suites.flatMap(ofSuite)].map((test) => ({ ...test, title: `${title} › ${test.title}` }))
}

function whyOf(tests: { results: { errors?: { message?: string }[] }[] }[]): string {
  const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors ?? []))
  return errors[0]?.message ?? 'It did not run.'
}

/** What a reader needs of a long message: its first lines that say something, without colours. */
export function firstLines(message: string, count = 6): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.slice(0, count).join('\n  ')
}
