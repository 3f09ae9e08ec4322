'use client'
import clsx from 'clsx'
import { useState } from 'react'
import type { DeliveryState } from '../../bus/message.ts'

const COLOURS: Record<DeliveryState, string> = {
  pending: 'text-state-pending',
  running: 'text-state-running',
  retrying: 'text-state-retrying',
  succeeded: 'text-state-succeeded',
  dead: 'text-state-dead',
  discarded: 'text-state-discarded',
  skipped: 'text-state-skipped',
}

interface StateGlyphProps {
  state: DeliveryState
  size?: number
  /** A success that took more than one has a notch. */
  attempts?: number
}

/** The sign of a state: each has an outline of its own, so that colour is never needed to tell them apart. */
export function StateGlyph({ state, size = 14, attempts = 1 }: StateGlyphProps) {
  // Stamped when it settles before one's eyes, not when it had settled before one came.
  const [first] = useState(state)
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill="none"
      aria-hidden="true"
      key={state}
      className={clsx('shrink-0', COLOURS[state], state !== first && state !== 'running' && 'stamped')}
    >
      <Shape state={state} />
      {state === 'succeeded' && attempts > 1 && (
        <circle cx="10" cy="2.4" r="2.2" className="fill-state-retrying stroke-raised" strokeWidth="0.8" />
      )}
    </svg>
  )
}

function Shape({ state }: { state: DeliveryState }) {
  switch (state) {
    case 'pending':
      return <circle cx="6" cy="6" r="4.6" stroke="currentColor" strokeWidth="1.5" />
    case 'running':
      return (
        <g className="turning">
          <circle cx="6" cy="6" r="4.6" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 1.4a4.6 4.6 0 0 1 0 9.2z" fill="currentColor" />
        </g>
      )
    case 'retrying':
      return (
        <>
          <path d="M10.2 4.2A4.6 4.6 0 1 0 10.6 6.6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
          <path
            d="M10.9 1.4v3.3H7.6"
            stroke="currentColor"
            strokeWidth="1.6"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )
    case 'succeeded':
      return (
        <>
          <circle cx="6" cy="6" r="5.4" fill="currentColor" />
          <path
            d="M3.4 6.2l1.8 1.8 3.4-3.8"
            className="stroke-paper"
            strokeWidth="1.5"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </>
      )
    case 'dead':
      return (
        <>
          <path d="M3.8.6h4.4l3.2 3.2v4.4l-3.2 3.2H3.8L.6 8.2V3.8z" fill="currentColor" />
          <path d="M4 4l4 4M8 4L4 8" className="stroke-paper" strokeWidth="1.5" strokeLinecap="round" />
        </>
      )
    case 'discarded':
    case 'skipped':
      return (
        <>
          <circle
            cx="6"
            cy="6"
            r="4.6"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeDasharray={state === 'skipped' ? '2 1.4' : undefined}
          />
          <path d="M3 9l6-6" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        </>
      )
  }
}

/** Sign and word together. The word has the colour of text, so that it can be read. */
export function StateWord({ state, attempts = 1 }: { state: DeliveryState; attempts?: number }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-sm">
      <StateGlyph state={state} attempts={attempts} />
      {state}
      {state === 'succeeded' && attempts > 1 && (
        <span className="font-mono text-xs text-muted" title={`It took ${attempts} attempts`}>
          ×{attempts}
        </span>
      )}
    </span>
  )
}
