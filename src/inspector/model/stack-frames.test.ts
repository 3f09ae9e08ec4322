import { describe, expect, it } from 'vitest'
import { frameAddress, framesOf } from './stack-frames.ts'

const STACK = `TypeError: no
    at pack (file:///home/app/src/modules/shop/handlers/pack.ts:12:9)
    at async Promise.all (index 0)
    at Client.query (/home/app/node_modules/pg/lib/client.js:545:17)
    at async file:///home/app/src/bus/pipeline.ts:40:3
    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)`

describe('the frames of a stack', () => {
  it('are told apart by whose code they are', () => {
    const { own, others } = framesOf(STACK)
    expect(own.map((each) => each.place)).toEqual([
      { file: 'src/modules/shop/handlers/pack.ts', line: 12, column: 9 },
      { file: 'src/bus/pipeline.ts', line: 40, column: 3 },
    ])
    expect(others).toHaveLength(3)
    expect(framesOf('no stack at all')).toEqual({ own: [], others: [] })
  })

  it('lead where a template says, but nowhere that runs something', () => {
    const place = { file: 'src/a.ts', line: 3, column: 7 }
    expect(frameAddress('vscode://file/me/{file}:{line}:{column}', place)).toBe('vscode://file/me/src/a.ts:3:7')
    expect(frameAddress('https://git.example/blob/main/{file}#L{line}', place)).toBe(
      'https://git.example/blob/main/src/a.ts#L3',
    )
    for (const template of ['', 'javascript:alert(1)//{file}', ' data:text/html,{file}'])
      expect(frameAddress(template, place)).toBeNull()
  })
})
