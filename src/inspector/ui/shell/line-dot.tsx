'use client'
import { localTime } from '../../../web/time-words.ts'
import { type Line, useLine } from './line.ts'

const LOOKS: Record<Line['state'], { word: string; shape: 'full' | 'half' | 'hollow' }> = {
  connecting: { word: 'connecting', shape: 'half' },
  live: { word: 'connected', shape: 'full' },
  stale: { word: 'no sign of life', shape: 'hollow' },
  reconnecting: { word: 'reconnecting', shape: 'half' },
  refused: { word: 'signed out', shape: 'hollow' },
}

/** Whether the page hears from its server: a dot that is full, half or hollow, a word, and when it did last. */
export function LineDot() {
  const { state, heardAt } = useLine()
  const { word, shape } = LOOKS[state]
  const heard = heardAt === null ? 'nothing heard yet' : `last heard ${localTime(new Date(heardAt)).slice(0, 8)}`
  return (
    <span title={`${word}, ${heard}`} className="inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-muted">
      <svg width="10" height="10" viewBox="0 0 10 10" fill="none" aria-hidden="true" className="shrink-0">
        <circle
          cx="5"
          cy="5"
          r="4"
          strokeWidth="1.5"
          className={shape === 'full' ? 'fill-state-succeeded stroke-state-succeeded' : 'stroke-muted'}
        />
        {shape === 'half' && <path d="M5 1a4 4 0 0 1 0 8z" className="fill-muted" />}
      </svg>
      <span className="max-xl:sr-only">{word}</span>
      {state !== 'live' && state !== 'connecting' && heardAt !== null && (
        <span className="font-mono">{localTime(new Date(heardAt)).slice(0, 8)}</span>
      )}
    </span>
  )
}
