'use client'
import clsx from 'clsx'
import type { ConversationView } from '../../../inspector/model/view.ts'
import { useFeed } from '../../../inspector/ui/index.ts'
import { Moment } from '../../../web/components/moment.tsx'
import { Stamp } from '../../../web/components/stamp.tsx'
import { type Stop, welcomeRoute } from '../model/welcome-route.ts'

/** In degrees. Stamped by hand: no two sit alike. */
const TILTS = [-7, 4, -3, 6, -5]

/** The person's own sign-up, drawn as a route whose stops are stamped as they happen. */
export function WelcomeRoute({ conversation }: { conversation: ConversationView }) {
  const { messages, connection } = useFeed(
    { room: 'conversation', conversationId: conversation.conversationId },
    conversation.messages,
  )
  const stops = welcomeRoute(messages)
  return (
    <>
      <ol className="grid" aria-label="Your sign-up">
        {stops.map((stop, index) => (
          <RouteStop
            key={index}
            stop={stop}
            tilt={TILTS[index % TILTS.length] ?? 0}
            isLast={index === stops.length - 1}
          />
        ))}
      </ol>
      <p className="mt-6 min-h-5 text-sm text-muted" aria-live="polite">
        {WORDS[connection]}
      </p>
    </>
  )
}

const WORDS = {
  connecting: '',
  live: 'This page follows along by itself.',
  'catching up': 'Catching up…',
  stale: 'The line is quiet. What you see may be a little old.',
  offline: 'The connection is lost. Reconnecting…',
  refused: 'You were logged out. Log in again to follow along.',
} as const

function RouteStop({ stop, tilt, isLast }: { stop: Stop; tilt: number; isLast: boolean }) {
  const { state, title, detail, at, stamp } = stop
  const isQuiet = state === 'left out' || state === 'waiting'
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-4">
      <div className="flex flex-col items-center">
        <Station state={state} />
        {!isLast && (
          <span
            aria-hidden="true"
            className={clsx(
              'w-0 flex-1 border-l-2',
              state === 'done' || state === 'left out' ? 'border-ink' : 'border-dashed border-field',
            )}
          />
        )}
      </div>
      <div className={clsx('min-h-20 min-w-0 pb-7', isLast && 'min-h-0 pb-0')}>
        <h2 className={clsx('text-lg leading-5 font-semibold', isQuiet && 'font-medium')}>{title}</h2>
        <p className="mt-1.5 text-muted">{detail}</p>
      </div>
      <div className="pt-0.5">
        {state === 'done' && (
          <Stamp tilt={tilt} note={at && <Moment iso={at} to="seconds" />}>
            {stamp}
          </Stamp>
        )}
      </div>
    </li>
  )
}

/** A stop on the line: filled when one has been there, turning while one is there. */
function Station({ state }: { state: Stop['state'] }) {
  const looks = {
    done: 'border-ink bg-ink',
    working: 'turning border-state-running border-t-transparent',
    waiting: 'border-dashed border-field',
    trouble: 'border-state-retrying bg-state-retrying',
    'left out': 'border-ink',
  } as const
  return (
    <>
      <span className="sr-only">{state}</span>
      <span aria-hidden="true" className={clsx('my-[2px] size-4 shrink-0 rounded-full border-[2.5px]', looks[state])} />
    </>
  )
}
