'use client'
import { useEffect, useRef, useState } from 'react'

export interface StrengthQuestion {
  turn: number
  password: string
  /** What others know of the person. */
  known: string[]
}

export interface Strength {
  turn: number
  /** 0: guessed at once, to 4: not in a lifetime. */
  score: 0 | 1 | 2 | 3 | 4
  /** In words, where there is any. */
  advice: string | null
}

/** Longer ones are not weaker for what stands behind this, and take long to look at. */
const LOOKED_AT = 64

/** How hard a password is to guess. The estimator and its lists are loaded with the first call of `ask`. */
export function useStrength(): { strength: Strength | null; ask(password: string, known: string[]): void } {
  const [strength, setStrength] = useState<Strength | null>(null)
  const worker = useRef<Worker>(null)
  const turn = useRef(0)
  useEffect(() => () => worker.current?.terminate(), [])
  return {
    strength,
    ask: (password, known) => {
      turn.current += 1
      worker.current ??= open((answer) => answer.turn === turn.current && setStrength(answer))
      if (password === '') return setStrength(null)
      const question: StrengthQuestion = { turn: turn.current, password: password.slice(0, LOOKED_AT), known }
      worker.current.postMessage(question)
    },
  }
}

function open(tell: (strength: Strength) => void): Worker {
  const worker = new Worker(new URL('./strength-worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Strength>) => tell(data))
  return worker
}
