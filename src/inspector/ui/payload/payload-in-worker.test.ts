import { createElement, StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MOST_PARSED_BY_PAGE } from '../../model/payload/payload-source.ts'
import { type PayloadAnswer, PayloadInWorker, type PayloadQuestion } from './payload-in-worker.ts'
import { useAnswer, usePayload } from './use-payload.ts'

/** Answers each question with its name. */
class FakeWorker extends EventTarget {
  static readonly all: FakeWorker[] = []
  isRunning = true

  constructor() {
    super()
    FakeWorker.all.push(this)
  }

  postMessage({ turn, ask }: PayloadQuestion): void {
    const data: PayloadAnswer = { turn, value: ask }
    queueMicrotask(() => this.isRunning && this.dispatchEvent(new MessageEvent('message', { data })))
  }

  terminate(): void {
    this.isRunning = false
  }
}

const running = () => FakeWorker.all.filter((each) => each.isRunning)

beforeEach(() => vi.stubGlobal('Worker', FakeWorker))
afterEach(() => {
  vi.unstubAllGlobals()
  FakeWorker.all.length = 0
})

describe('a payload in a worker', () => {
  it('starts one with the first question while it is open, and ends it', async () => {
    const payload = new PayloadInWorker('{}')
    payload.open()
    expect(FakeWorker.all).toHaveLength(0)
    expect(await Promise.all([payload.json(), payload.maskedPaths()])).toEqual(['json', 'maskedPaths'])
    expect(FakeWorker.all).toHaveLength(1)
    payload.close()
    expect(running()).toHaveLength(0)
  })

  it('starts none for a question that comes when nobody looks at it', async () => {
    const payload = new PayloadInWorker('{}')
    await expect(payload.json()).rejects.toThrow('It is closed.')
    payload.open()
    const asked = payload.json()
    payload.close()
    await expect(asked).rejects.toThrow('It is closed.')
    await expect(payload.json()).rejects.toThrow('It is closed.')
    expect(running()).toHaveLength(0)
  })

  it('is there again for who looks again, as strict effects do', async () => {
    const payload = new PayloadInWorker('{}')
    for (let look = 0; look < 2; look += 1) {
      payload.open()
      expect(await payload.json()).toBe('json')
      expect(running()).toHaveLength(1)
      payload.close()
    }
    expect(running()).toHaveLength(0)
  })

  it('begins anew after its worker broke', async () => {
    const payload = new PayloadInWorker('{}')
    payload.open()
    const asked = payload.json()
    FakeWorker.all[0]!.dispatchEvent(new Event('error'))
    await expect(asked).rejects.toThrow('Open the message again.')
    expect(await payload.json()).toBe('json')
    expect(running()).toHaveLength(1)
  })
})

describe('drawing a payload', () => {
  const drawn = (json: string) => {
    const Drawn = () => {
      const source = usePayload(json)
      return source && createElement(Answer, { source })
    }
    return renderToString(createElement(StrictMode, null, createElement(Drawn)))
  }
  const Answer = ({ source }: { source: NonNullable<ReturnType<typeof usePayload>> }) =>
    useAnswer(source, (each) => each.json()).value ?? 'Reading it'

  it('shows a small one at once', () => {
    expect(drawn('[7]')).toContain('7')
  })

  it('starts no worker for a large one: that is for its effects', () => {
    expect(drawn(`["${'x'.repeat(MOST_PARSED_BY_PAGE)}"]`)).toBe('Reading it')
    expect(FakeWorker.all).toHaveLength(0)
  })
})
