import type { ReactNode } from 'react'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Link } from '../../../web/components/link.tsx'
import type { MessageDetail } from '../../model/view.ts'

/** All that travels with a body: what the bus, not the handler, needs to know of it. */
export function Metadata({ message }: { message: MessageDetail }) {
  const { messageId, kind, name, version, occurredAt, expiresAt, conversationId, cause, retriedFrom, payload } = message
  const { key, subjectId } = message
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 px-4 py-3 text-sm [&_dt]:text-muted">
      <Row name="message">{messageId}</Row>
      <Row name="type">
        <To href={`/inspector/types/${encodeURIComponent(name)}`}>{name}</To>, {kind}, version {version}
      </Row>
      <Row name="sent">
        {occurredAt} (<DateTime iso={occurredAt} />)
      </Row>
      <Row name="not handled after">{expiresAt ?? 'it never gets stale'}</Row>
      <Row name="conversation">
        <To href={`/inspector/c/${conversationId}`}>{conversationId}</To>
      </Row>
      <Row name="caused by">
        {cause ? (
          <>
            <To href={`/inspector/m/${cause.messageId}`}>{cause.name}</To>, by {cause.subscription}
          </>
        ) : (
          'nothing on the bus: it began the conversation'
        )}
      </Row>
      <Row name="key">{key ?? 'none'}</Row>
      <Row name="about person">{subjectId ? <To href={`/inspector/key/${subjectId}`}>{subjectId}</To> : 'nobody'}</Row>
      {retriedFrom && (
        <Row name="edited from">
          <To href={`/inspector/m/${retriedFrom}`}>{retriedFrom}</To>
        </Row>
      )}
      <Row name="body">{payload.length.toLocaleString('en')} characters of JSON, masked</Row>
    </dl>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">{children}</dd>
    </>
  )
}

function To({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="text-accent underline underline-offset-4">
      {children}
    </Link>
  )
}
