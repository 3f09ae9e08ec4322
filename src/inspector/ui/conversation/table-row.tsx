import clsx from 'clsx'
import { DottedName } from '../../../web/components/dotted-name.tsx'
import { KindMark } from '../../../web/components/kind-mark.tsx'
import { StateWord } from '../../../web/components/state-glyph.tsx'
import { useTaste } from '../../../web/taste.ts'
import { formatDelta, formatMs } from '../../model/durations.ts'
import { cellsAt, type TableRow as Row } from '../../model/timeline/delivery-table.ts'
import { useLights } from '../follow/followed-key.ts'
import { lit } from '../follow/lit.ts'
import { MessageLink } from './message-link.tsx'

export const TABLE_ROW_PX = 32

interface Props {
  id: string
  row: Row
  /** Of the message's type, and what that says. */
  title: string
  index: number
  /** When the message of the row before was sent. */
  since: number | null
  start: number
  now: number
  time: number | null
  isSelected: boolean
  onSelect(id: string): void
}

/** One delivery at the playhead. */
export function TableRow({ id, row, title, index, since, start, now, time, isSelected, onSelect }: Props) {
  const { message, delivery } = row
  const { state, waitedMs, tookMs } = cellsAt(row, now, time)
  const lights = useLights()
  const isSince = useTaste().rowTimes === 'delta' && since !== null
  const isLater = time !== null && time < message.at
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      {...lit(lights?.message({ messageId: message.id }))}
      onClick={() => onSelect(row.id)}
      className={clsx('delivery-table-row delivery-table-body text-[0.8125rem]', isLater && 'opacity-45')}
      style={{ top: index * TABLE_ROW_PX }}
    >
      <div role="gridcell" className="flex items-center gap-1.5">
        <KindMark kind={message.kind} />
        <MessageLink
          messageId={message.id}
          title={title}
          className="truncate font-semibold underline-offset-4 hover:underline"
        >
          <DottedName name={message.name} isCut />
        </MessageLink>
      </div>
      <div role="gridcell" className="truncate" title={delivery?.subscription}>
        {delivery ? <DottedName name={delivery.subscription} isCut /> : <span className="text-muted">no handler</span>}
      </div>
      <div role="gridcell">
        {state ? <StateWord state={state} attempts={delivery?.attempt ?? 0} /> : isLater && 'not sent yet'}
      </div>
      <div role="gridcell" className="font-mono text-xs">
        {delivery && delivery.attempt > 0 && `${delivery.attempt} of ${delivery.maxAttempts}`}
      </div>
      <div
        role="gridcell"
        className="font-mono text-xs"
        title={`${new Date(message.at).toISOString()} (UTC), ${formatDelta(message.at - start)} after the first`}
      >
        {formatDelta(message.at - (isSince ? since : start))}
      </div>
      <div role="gridcell" className="font-mono text-xs">
        {waitedMs !== null && formatMs(waitedMs)}
      </div>
      <div role="gridcell" className="font-mono text-xs">
        {tookMs !== null && tookMs > 0 && formatMs(tookMs)}
      </div>
      <div role="gridcell" className="truncate text-muted" title={whyOf(row)}>
        {whyOf(row)}
      </div>
    </div>
  )
}

function whyOf({ delivery }: Row): string | undefined {
  return delivery?.parkedReason ?? delivery?.reason ?? delivery?.lastError ?? undefined
}
