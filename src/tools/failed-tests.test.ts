import { describe, expect, it } from 'vitest'
import { failedTests, firstLines } from './failed-tests.ts'

describe('failedTests', () => {
  it('names the failed tests of Vitest with what they said, and a file that could not be run', () => {
    const report = {
      testResults: [
        {
          name: 'src/a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'a keeps order', status: 'failed', failureMessages: ['expected 1 to be 2'] },
            { fullName: 'a is kept', status: 'passed', failureMessages: [] },
          ],
        },
        { name: 'src/b.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ],
    }
    expect(failedTests(report)).toEqual([
      { title: 'src/a.test.ts › a keeps order', message: 'expected 1 to be 2' },
      { title: 'src/b.test.ts', message: 'Cannot find module' },
    ])
  })

  it('names the failed tests of Playwright by file and group, and what failed outside of one', () => {
    const report = {
      suites: [
        {
          title: 'live.spec.ts',
          specs: [{ title: 'a list stands still', ok: true, tests: [] }],
          suites: [
            {
              title: 'keys',
              specs: [
                {
                  title: 'every key works',
                  ok: false,
                  tests: [{ results: [{ errors: [{ message: 'Timed out' }] }] }],
                },
                { title: 'never begun', ok: false, tests: [{ results: [] }] },
              ],
            },
          ],
        },
      ],
      errors: [{ message: 'The port is taken' }],
    }
    expect(failedTests(report)).toEqual([
      { title: 'live.spec.ts › keys › every key works', message: 'Timed out' },
      { title: 'live.spec.ts › keys › never begun', message: 'It did not run.' },
      { title: 'outside of a test', message: 'The port is taken' },
    ])
  })
})

describe('firstLines', () => {
  it('drops colours and empty lines', () => {
    expect(firstLines('\u001B[31mno\u001B[39m\n\n\nyes\nlast', 2)).toBe('no\n  yes')
  })
})
