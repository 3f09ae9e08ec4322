import Link from 'next/link'
import type { ReactNode } from 'react'
import { Moment } from '../../web/components/moment.tsx'
import { formatMs } from '../model/durations.ts'
import type { Change, RevisionView } from '../model/process-view.ts'

/** What each message made of an instance: what came in, what it changed, what went out. Newest first. */
export function ProcessHistory({ revisions, truncated }: { revisions: readonly RevisionView[]; truncated: boolean }) {
  return (
    <>
      <ol aria-label="History" reversed className="grid gap-3">
        {revisions.map((revision, index) => (
          <li key={revision.version} className="rounded-md border border-line bg-raised">
            <div className="flex flex-wrap items-baseline gap-x-3 border-b border-line px-4 py-2 text-sm">
              <h3 className="font-medium">Step {revision.version}</h3>
              <span className="text-xs text-muted">
                <Moment iso={revision.at} />
              </span>
              <Gap revision={revision} before={revisions[index + 1]} />
            </div>
            <div className="grid gap-4 px-4 py-3 lg:grid-cols-3 lg:gap-6">
              <Column title="Message in">
                <MessageLink {...revision.messageIn} />
              </Column>
              <Column title="Changed">
                <Changes changes={revision.changes} />
              </Column>
              <Column title="Messages out">
                <MessagesOut sent={revision.messagesOut} />
              </Column>
            </div>
          </li>
        ))}
      </ol>
      {truncated && <p className="mt-3 text-sm text-muted">Only the newest {revisions.length} steps are shown.</p>}
    </>
  )
}

function Gap({ revision, before }: { revision: RevisionView; before: RevisionView | undefined }) {
  if (!before) return null
  return (
    <span className="text-xs text-muted">
      {formatMs(Date.parse(revision.at) - Date.parse(before.at))} after step {before.version}
    </span>
  )
}

function Column({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="mb-1 text-xs text-muted">{title}</p>
      {children}
    </div>
  )
}

function MessageLink({ messageId, name }: { messageId: string; name: string }) {
  return (
    <Link
      href={`/inspector/m/${messageId}`}
      className="font-mono text-xs leading-5 break-all underline decoration-line underline-offset-4 hover:decoration-ink"
    >
      {name}
    </Link>
  )
}

function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="text-sm text-muted">nothing but its version</p>
  return (
    <ul className="grid gap-1">
      {changes.map(({ path, before, after }) => (
        <li key={path} className="font-mono text-xs leading-5 break-words">
          <span className="text-muted">{path}: </span>
          {before !== undefined && <span className="text-muted line-through">{wordOf(before)}</span>}
          {before !== undefined && <span className="text-muted"> → </span>}
          <span className="font-medium">{after === undefined ? 'gone' : wordOf(after)}</span>
        </li>
      ))}
    </ul>
  )
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function MessagesOut({ sent }: { sent: RevisionView['messagesOut'] }) {
  if (sent.length === 0) return <p className="text-sm text-muted">none</p>
  return (
    <ul className="grid gap-1">
      {sent.map(({ messageId, name, action }) => (
        <li key={messageId}>
          <MessageLink messageId={messageId} name={name} />{' '}
          {action === 'time-out' && <span className="text-xs text-muted">for later</span>}
        </li>
      ))}
    </ul>
  )
}
