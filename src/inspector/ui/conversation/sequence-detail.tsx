'use client'
import { useMemo } from 'react'
import { formatMs } from '../../model/durations.ts'
import { type Sequence, stepsOf } from '../../model/timeline/sequence.ts'
import { describeStep } from '../../model/timeline/sequence-drawing.ts'
import { useTitleOf } from '../use-title-of.ts'
import { MessageLink } from './message-link.tsx'

interface Props {
  sequence: Sequence
  /** The message that is looked at; null for none. */
  messageId: string | null
  /** The step that the keys are at. */
  index: number
  onSelect(index: number): void
}

/** The arrow and the boxes of what one looks at, in words: they may be far apart. As high as it is, whatever it tells. */
export function SequenceDetail({ sequence, messageId, index, onSelect }: Props) {
  const placed = useMemo(() => (messageId === null ? [] : stepsOf(sequence, messageId)), [sequence, messageId])
  const message = placed[0]?.step.message
  const titleOf = useTitleOf()
  return (
    <section
      aria-label="In words"
      className="mt-2 h-28 shrink-0 overflow-y-auto rounded-md border border-line px-3 py-2 text-xs"
    >
      {message ? (
        <>
          <MessageLink
            messageId={message.id}
            title={titleOf(message.name)}
            className="font-mono font-semibold underline-offset-4 hover:underline"
          >
            {message.name}
          </MessageLink>
          <ul className="mt-1 grid gap-0.5">
            {placed.map(({ step, index: place }) => (
              <li key={step.key}>
                <button
                  type="button"
                  aria-current={place === index || undefined}
                  onClick={() => onSelect(place)}
                  className="flex w-full gap-3 rounded-sm px-1 text-left leading-5 hover:bg-tint aria-[current]:font-semibold"
                >
                  <span className="w-16 shrink-0 text-right font-mono text-muted">
                    +{formatMs(step.at - sequence.start)}
                  </span>
                  <span className="min-w-0 [overflow-wrap:anywhere]">{describeStep(step, sequence.lanes)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="text-muted">
          Point at an arrow or a box, or walk to one by the arrow keys: who sent it and who handled it stands here.
        </p>
      )}
    </section>
  )
}
