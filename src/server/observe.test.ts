import { expect, it } from 'vitest'
import type { Logger } from './logger.ts'
import { logDispatcher } from './observe.ts'

it('O5: says once that the database is away, and once that it is back', () => {
  const lines: string[] = []
  const write = (_: unknown, text?: string) => void lines.push(text ?? String(_))
  const log = logDispatcher({ error: write, info: write } as unknown as Logger)
  for (let each = 0; each < 50; each += 1) log({ event: 'dispatcher.failed', error: new Error('gone') })
  log({ event: 'dispatcher.recovered' })
  log({ event: 'dispatcher.failed', error: new Error('gone again') })
  expect(lines).toEqual([
    'the dispatcher could not look for work; it goes on trying',
    'the dispatcher reaches the database again',
    'the dispatcher could not look for work; it goes on trying',
  ])
})
