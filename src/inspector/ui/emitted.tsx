import { DottedName } from '../../web/components/dotted-name.tsx'
import { KindMark } from '../../web/components/kind-mark.tsx'
import { Link } from '../../web/components/link.tsx'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import type { EmittedView } from '../model/view.ts'
import { node } from './edges.tsx'
import { panTo } from './pan.ts'
import { useTitleOf } from './use-title-of.ts'

/** What a handler sent: each a way on, with how it stands there. */
export function Emitted({ messages }: { messages: readonly EmittedView[] }) {
  const titleOf = useTitleOf()
  if (messages.length === 0) return null
  return (
    <div className="grid gap-1.5 max-xl:pl-8">
      {messages.map(({ messageId, kind, name, state }) => (
        <Link
          key={messageId}
          {...node(messageId)}
          data-emitted
          onClick={() => panTo(messageId, 'right')}
          href={`/inspector/m/${messageId}`}
          title={`${titleOf(name)}\nIt was sent here: ${state ?? 'no subscribers'}.`}
          className="flex w-fit max-w-full items-center gap-2 rounded-md border border-line bg-raised py-1.5 pr-3 pl-2.5 text-xs font-medium transition-colors hover:border-muted"
        >
          <KindMark kind={kind} />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <DottedName name={name} />
          </span>
          {state && (
            <>
              <StateGlyph key={state} state={state} size={12} />
              <span className="sr-only">{state}</span>
            </>
          )}
        </Link>
      ))}
    </div>
  )
}
