'use client'
import clsx from 'clsx'
import type { ConversationView } from '../../../inspector/model/view.ts'
import { useFeed } from '../../../inspector/ui/index.ts'
import { Moment } from '../../../web/components/moment.tsx'
import { type Stop, welcomeRoute } from '../model/welcome-route.ts'

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
          <RouteStop key={index} stop={stop} isLast={index === stops.length - 1} />
        ))}
      </ol>
      <p className="mt-4 text-sm text-muted" aria-live="polite">
        {connection === 'live' ? 'This page follows along by itself.' : connection === 'offline' ? 'Reconnecting…' : ''}
      </p>
    </>
  )
}

function RouteStop({ stop, isLast }: { stop: Stop; isLast: boolean }) {
  const { state } = stop
  return (
    <li className="grid grid-cols-[44px_1fr] gap-x-4">
      <div className="flex flex-col items-center">
        <Sign state={state} />
        {!isLast && (
          <span
            aria-hidden="true"
            className={clsx('w-px flex-1 border-l', state === 'done' ? 'border-muted' : 'border-dashed border-line')}
          />
        )}
      </div>
      <div className={clsx('pb-8', state === 'left out' && 'text-muted')}>
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="text-lg font-semibold">{stop.title}</h2>
          {stop.at && (
            <span className="text-xs text-muted">
              <Moment iso={stop.at} />
            </span>
          )}
        </div>
        <p className="text-muted">{stop.detail}</p>
      </div>
    </li>
  )
}

function Sign({ state }: { state: Stop['state'] }) {
  if (state === 'done') {
    return (
      <span className="stamped grid size-11 -rotate-6 place-items-center rounded-full border-2 border-dashed border-state-succeeded text-state-succeeded">
        <svg width="20" height="20" viewBox="0 0 20 20" fill="none" role="img" aria-label="done">
          <path
            d="M4 10.5l4 4 8-9"
            stroke="currentColor"
            strokeWidth="2.4"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </span>
    )
  }
  const looks = {
    working: 'border-state-running',
    waiting: 'border-line border-dashed',
    trouble: 'border-state-retrying',
    'left out': 'border-line',
  } as const
  return (
    <span className={clsx('grid size-11 place-items-center rounded-full border-2 bg-raised', looks[state])}>
      <span className="sr-only">{state}</span>
      <span
        aria-hidden="true"
        className={clsx(
          'size-3 rounded-full',
          state === 'working' && 'turning border-2 border-state-running border-t-transparent',
          state === 'trouble' && 'bg-state-retrying',
          state === 'waiting' && 'bg-line',
          state === 'left out' && 'h-0.5 w-4 bg-line',
        )}
      />
    </span>
  )
}
