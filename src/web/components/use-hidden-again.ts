import { useEffect, useRef, useState } from 'react'
import { REVEALED_FOR_S } from '../revealing.ts'

/** Calls `onHide` when what is revealed has been seen for long enough. Returns the seconds that are left. */
export function useHiddenAgain(onHide: () => void): number {
  const [left, setLeft] = useState(REVEALED_FOR_S)
  // Of the first drawing: a page that is drawn anew must not put it off.
  const [until] = useState(() => Date.now() + REVEALED_FOR_S * 1_000)
  const newest = useRef(onHide)
  useEffect(() => {
    newest.current = onHide
  })
  useEffect(() => {
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1_000)
      if (seconds <= 0) newest.current()
      else setLeft(seconds)
    }, 250)
    return () => clearInterval(timer)
  }, [until])
  return left
}
