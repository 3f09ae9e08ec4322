import clsx from 'clsx'
import { Link } from '../../web/components/link.tsx'

interface Props {
  /** Its business key. */
  messageKey: string | null
  /** The person it is about; of them no more is said than their id. */
  subjectId: string | null
  /** All of an id, not only its end. */
  isWhole?: boolean
}

/** Whom or what a message is about, with the way to everything else about them. */
export function About({ messageKey, subjectId, isWhole = false }: Props) {
  const isSame = messageKey === subjectId
  return (
    <>
      {messageKey && !isSame && <Way to={messageKey}>{messageKey}</Way>}
      {subjectId && (
        <Way to={subjectId} title={`Person ${subjectId}`}>
          person {isWhole ? subjectId : `…${subjectId.slice(-12)}`}
        </Way>
      )}
    </>
  )
}

function Way({ to, title, children }: { to: string; title?: string; children: React.ReactNode }) {
  return (
    <Link
      href={`/inspector/key/${encodeURIComponent(to)}`}
      prefetch={false}
      title={title}
      className={clsx(
        'inline-block max-w-full truncate rounded border border-line px-1.5 font-mono text-xs leading-5 text-muted',
        'hover:border-muted hover:text-ink',
      )}
    >
      {children}
    </Link>
  )
}
