import type { ReactNode } from 'react'
import { Link } from '../../../web/components/link.tsx'
import type { SenderView, TypeDetail, TypeHandlerView } from '../../model/types/type-view.ts'
import { msOf, shareOf } from '../handlers/handler-row.tsx'

interface Props {
  type: TypeDetail
  /** `last hour` */
  words: string
}

/** Who sent it: learned from what happened, for no code declares what a handler will send. */
export function Senders({ type: { kind, owner, senders, recurring }, words }: Props) {
  const verb = kind === 'command' ? 'Sent by' : 'Published by'
  return (
    <Box title={verb} note={kind === 'event' ? `Only ${owner} may publish it.` : 'Whoever needs it may send it.'}>
      {senders.map((each) => (
        <SenderRow key={each.subscription ?? ''} sender={each} />
      ))}
      {recurring.map((name) => (
        <Line key={name} title={name} mono note="recurring, see Scheduled" href="/inspector/scheduled" />
      ))}
      {senders.length + recurring.length === 0 && <Nothing>Nobody in the {words}.</Nothing>}
    </Box>
  )
}

function SenderRow({ sender: { subscription, count, isKnown } }: { sender: SenderView }) {
  const note = `${count.toLocaleString('en')}${isKnown ? '' : ', not in this build any more'}`
  if (subscription === null) return <Line title="From outside the bus" note={note} />
  const href = isKnown ? `/inspector/handlers/${encodeURIComponent(subscription)}` : undefined
  return <Line title={subscription} mono note={note} {...(href && { href })} />
}

/** Who handles it: what is declared, with what was seen of it; and what was seen and is not declared any more. */
export function Receivers({ type: { kind, receivers }, words }: Props) {
  return (
    <Box
      title="Handled by"
      note={kind === 'command' ? 'A command has exactly one.' : 'Each has a delivery of its own.'}
    >
      {receivers.map((each) => (
        <ReceiverRow key={each.subscription} receiver={each} words={words} />
      ))}
      {receivers.length === 0 && <Nothing>Nobody listens to it yet.</Nothing>}
    </Box>
  )
}

function ReceiverRow({ receiver, words }: { receiver: TypeHandlerView; words: string }) {
  const { subscription, kind, isKnown, attempts, errorShare, percentiles } = receiver
  const seen =
    attempts === 0
      ? `nothing in the ${words}`
      : `${attempts.toLocaleString('en')} attempts, ${shareOf(errorShare)} failed, p95 ${msOf(percentiles?.p95)}`
  if (!isKnown) return <Line title={subscription} mono note={`${seen}; not in this build any more`} />
  return (
    <Line
      title={subscription}
      mono
      href={`/inspector/handlers/${encodeURIComponent(subscription)}`}
      note={`${kind}, ${seen}`}
    />
  )
}

function Box({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
        <p className="text-sm text-muted">{note}</p>
      </div>
      <ul className="divide-y divide-line rounded-md border border-line bg-raised">{children}</ul>
    </section>
  )
}

function Line({ title, note, href, mono = false }: { title: string; note: string; href?: string; mono?: boolean }) {
  const look = `min-w-0 [overflow-wrap:anywhere] ${mono ? 'font-mono text-xs font-medium' : 'font-medium'}`
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2 text-sm">
      {href ? (
        <Link href={href} className={`${look} underline-offset-4 hover:underline`}>
          {title}
        </Link>
      ) : (
        <span className={look}>{title}</span>
      )}
      <span className="text-xs text-muted">{note}</span>
    </li>
  )
}

function Nothing({ children }: { children: ReactNode }) {
  return <li className="px-4 py-2 text-sm text-muted">{children}</li>
}
