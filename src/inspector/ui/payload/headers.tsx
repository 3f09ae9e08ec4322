'use client'
import { Copy } from 'lucide-react'
import { DateTime } from '../../../web/components/date-time.tsx'
import { type Header, headersAsJson, headersOf } from '../../model/payload/headers.ts'
import type { MessageDetail } from '../../model/view.ts'
import { Choice } from '../conversation/choice.tsx'
import { useCopy } from '../use-copy.ts'
import { Way } from './way.tsx'

/** All that travels with a body. Where there is little room, each value stands below its name. */
export function Headers({ message }: { message: MessageDetail }) {
  const copy = useCopy()
  return (
    <div className="@container">
      <dl
        aria-label="Headers"
        className="grid gap-x-5 px-4 py-3 text-sm leading-5 @md:grid-cols-[auto_minmax(0,1fr)] @md:gap-y-1.5 @max-md:[&_dd]:mb-2 [&_dt]:text-muted @max-md:[&_dt]:text-xs"
      >
        {headersOf(message).map((header) => (
          <Row key={header.field} header={header} onCopy={copy} />
        ))}
      </dl>
    </div>
  )
}

export function CopyHeaders({ message }: { message: MessageDetail }) {
  const copy = useCopy()
  return (
    <Choice onClick={() => void copy(headersAsJson(message), 'The headers are copied as JSON.')}>Copy headers</Choice>
  )
}

interface RowProps {
  header: Header
  onCopy: ReturnType<typeof useCopy>
}

function Row({ header: { field, name, value, href, note }, onCopy }: RowProps) {
  const isTime = field.endsWith('At')
  return (
    <>
      <dt>{name}</dt>
      <dd className="flex items-start gap-2">
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {value !== null && (
            <span className="font-mono text-xs">{href ? <Way href={href}>{value}</Way> : value} </span>
          )}
          {(note || (isTime && value)) && (
            <span className="text-xs text-muted">
              {isTime && value && <DateTime iso={value} />}
              {isTime && value && note && ', '}
              {note}
            </span>
          )}
        </span>
        {value !== null && (
          <button
            type="button"
            aria-label={`Copy ${name}`}
            title={`Copy ${name}`}
            onClick={() => void onCopy(value, `Copied: ${name}.`)}
            className="-my-0.5 flex size-6 shrink-0 items-center justify-center rounded text-muted hover:bg-tint hover:text-ink"
          >
            <Copy size={13} aria-hidden="true" />
          </button>
        )}
      </dd>
    </>
  )
}
