import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { offerUndo, undoNewest } from './newest-undo.ts'

describe('taking back what was done last', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('happens once, by the key', () => {
    const undo = vi.fn()
    offerUndo(undo)
    undoNewest()
    undoNewest()
    expect(undo).toHaveBeenCalledOnce()
  })

  it('happens once where its toast has done it already, or does it afterwards', () => {
    const undo = vi.fn()
    const takeBack = offerUndo(undo)
    takeBack()
    undoNewest()
    takeBack()
    expect(undo).toHaveBeenCalledOnce()
    const again = offerUndo(undo)
    undoNewest()
    again()
    expect(undo).toHaveBeenCalledTimes(2)
  })

  it('does not reach back to what was done before the newest, which its own toast still takes back', () => {
    const [older, newer] = [vi.fn(), vi.fn()]
    const takeOlderBack = offerUndo(older)
    offerUndo(newer)()
    undoNewest()
    expect(older).not.toHaveBeenCalled()
    takeOlderBack()
    expect(older).toHaveBeenCalledOnce()
  })

  it('is over when the toast is', () => {
    const undo = vi.fn()
    offerUndo(undo)
    vi.advanceTimersByTime(10_000)
    undoNewest()
    expect(undo).not.toHaveBeenCalled()
  })
})
