import type { ReactNode } from 'react'
import { DateTime } from '../../../web/components/date-time.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { type ClassifiedField, contractWords, keepingWords } from '../../model/payload/metadata.ts'
import { countsOf, keptBy, removedFrom } from '../../model/removal.ts'
import type { MessageDetail } from '../../model/view.ts'
import { Way } from './way.tsx'

/** What Waybill knows of a message and does not send along. */
export function Metadata({ message }: { message: MessageDetail }) {
  const { name, version, deliveries, retriedFrom, metadata } = message
  const { bodyBytes, classified, owner, contract, retentionDays, answersRepeatsUntil } = metadata
  return (
    <dl
      aria-label="Metadata"
      className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5 gap-y-1.5 px-4 py-3 text-sm leading-5 [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-muted"
    >
      <Row name="owner">
        {owner === null ? (
          'no module of this build'
        ) : (
          <>
            module <span className="font-mono text-xs">{owner}</span>
          </>
        )}
      </Row>
      <Row name="contract">
        <Way href={`/inspector/types/${encodeURIComponent(name)}`}>{`version ${version}`}</Way>
        {contractWords(version, contract)}
      </Row>
      <Row name="body">{bodyBytes.toLocaleString('en')} bytes of JSON, as it is stored</Row>
      <Row name="not shown">
        <Classified fields={classified} />
      </Row>
      <Row name="deliveries">{deliveries.length === 0 ? 'none: nobody had asked for it' : countsOf(deliveries)}</Row>
      <Row name="attempts">{sumOf(deliveries.map((each) => each.attempt)).toLocaleString('en')}</Row>
      <Row name="led to">{messages(sumOf(deliveries.map((each) => each.emitted.length)))}</Row>
      {retriedFrom && (
        <Row name="edited from">
          <span className="font-mono text-xs">
            <Way href={`/inspector/m/${retriedFrom}`}>{retriedFrom}</Way>
          </span>
        </Row>
      )}
      {answersRepeatsUntil && (
        <Row name="repeats">
          are answered with it until <DateTime iso={answersRepeatsUntil} />
        </Row>
      )}
      <Row name="kept for">{days(retentionDays)} after its last delivery was settled</Row>
      <Row name="removed">
        <Removed message={message} />
      </Row>
    </dl>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Fields that are named; of a body of ten thousand keys nobody reads all. */
const MOST_NAMED = 30

function Classified({ fields }: { fields: readonly ClassifiedField[] }) {
  if (fields.length === 0) return 'nothing of it is classified'
  const rest = fields.length - MOST_NAMED
  return (
    <ul className="grid gap-0.5">
      {fields.slice(0, MOST_NAMED).map((field) => (
        <li key={`${field.path} ${field.mark} ${field.isSealed}`}>
          <span className="font-mono text-xs">
            <ForeignText text={field.path === '' ? 'all of it' : field.path} />
          </span>
          {field.count > 1 && <span className="font-mono text-xs text-muted"> ×{field.count}</span>}{' '}
          <span className="text-xs text-muted">{keepingWords(field)}</span>
        </li>
      ))}
      {rest > 0 && <li className="text-xs text-muted">and {rest.toLocaleString('en')} more</li>}
    </ul>
  )
}

function Removed({ message }: { message: MessageDetail }) {
  const from = removedFrom(message)
  if (from === null) return `not as long as some of it is open or dead (${keptBy(message.deliveries)})`
  return (
    <>
      after <DateTime iso={from} />
    </>
  )
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0)
}

const messages = (count: number) => (count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`)
const days = (count: number) => (count === 1 ? '1 day' : `${count.toLocaleString('en')} days`)
