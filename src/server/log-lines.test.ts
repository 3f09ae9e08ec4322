import { expect, it } from 'vitest'
import { linesForPeople } from './log-lines.ts'
import { createLogger } from './logger.ts'

const lineOf = (entry: object) => {
  let told = ''
  linesForPeople({ write: (text) => (told += text) }).write(JSON.stringify(entry))
  return told
}
const at = { level: 30, time: '2026-11-29T01:02:03.004Z' }

it('one entry is one line, and nothing in it begins another or moves the cursor', () => {
  const line = lineOf({ ...at, msg: 'refused', agent: 'x\n01:02:04 info  all is well\u001b[2K\r' })
  expect(line).toBe('01:02:03 info  refused  agent=x␊01:02:04 info  all is well␛[2K␍\n')
})

it('a stack keeps its lines, and no more than those', () => {
  expect(lineOf({ ...at, msg: 'failed', error: { stack: 'Error: \u001b[31mred\n    at here' } })).toContain(
    'error=Error: ␛[31mred\n    at here\n',
  )
})

it('a logger can be made at every level', () => {
  expect(createLogger({ level: 'silent' }).level).toBe('silent')
})
