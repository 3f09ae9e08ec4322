'use client'
import { Link } from '../../web/components/link.tsx'
import { type ScheduledMessage, untilWords } from '../model/scheduled-view.ts'
import { About } from './about.tsx'
import { DueAt } from './due-at.tsx'
import { useLights } from './follow/followed-key.ts'
import { lit } from './follow/lit.ts'
import { onlyOperators } from './only-operators.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { RescheduleControl } from './reschedule-control.tsx'
import type { SchedulingActions } from './use-scheduling-actions.ts'

interface Props {
  message: ScheduledMessage
  now: number | null
  mayAct: boolean
  actions: SchedulingActions
}

/** One message that is due later: when, for whom, and what can be done about it. */
export function ScheduledItem({ message, now, mayAct, actions }: Props) {
  const { messageId, name, subscriptions, dueAt } = message
  const disabled = { disabled: !mayAct, title: onlyOperators(mayAct) }
  const lights = useLights()
  const handlers = subscriptions.filter((each) => each !== name)
  return (
    <li {...lit(lights?.message(message))} className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <Link href={`/inspector/m/${messageId}`} className="font-mono text-sm font-medium break-words hover:underline">
          {name}
        </Link>
        {(message.key || message.subjectId) && (
          <p className="mt-1 flex flex-wrap items-center gap-1.5 text-xs text-muted">
            about <About messageKey={message.key} subjectId={message.subjectId} />
          </p>
        )}
        {handlers.length > 0 && <p className="font-mono text-xs break-words text-muted">for {handlers.join(', ')}</p>}
      </div>
      <div className="basis-56 text-sm">
        <DueAt iso={dueAt} isLocal={now !== null} />
        <p className="text-xs text-muted">{now === null ? ' ' : untilWords(Date.parse(dueAt) - now)}</p>
      </div>
      <div className="flex gap-2">
        <RescheduleControl
          name={name}
          dueAt={dueAt}
          disabled={disabled}
          onReschedule={(at) => actions.reschedule(messageId, at)}
        />
        <ReasonDialog
          does="Cancel"
          label={`Cancel ${name}`}
          disabled={disabled}
          title="Cancel this message?"
          onConfirm={(reason) => actions.cancel(message, reason)}
        >
          <span className="font-mono break-words">{name}</span> will not be handled.
        </ReasonDialog>
      </div>
    </li>
  )
}
