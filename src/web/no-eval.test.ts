import { runInThisContext } from 'node:vm'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { NO_EVAL_SCRIPT } from './no-eval.ts'

it('is where Zod looks for its settings', () => {
  // Zod keeps the settings that it found: they are changed here, and must be these.
  const found = z.config()
  const before = { ...found }
  try {
    z.config({ jitless: false })
    const named = (globalThis as { __zod_globalConfig?: object }).__zod_globalConfig
    expect(named).toBe(found)
    runInThisContext(NO_EVAL_SCRIPT)
    expect((globalThis as { __zod_globalConfig?: object }).__zod_globalConfig).toEqual({ jitless: true })
  } finally {
    ;(globalThis as { __zod_globalConfig?: object }).__zod_globalConfig = found
    z.config(before)
  }
})
