import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Button } from '../../web/components/button.tsx'
import { formatCount, formatRate, type HandlerView } from '../model/handler-view.ts'
import { LimitsControl } from './limits-control.tsx'
import type { HandlerActions } from './use-handler-actions.ts'

interface Props {
  handler: HandlerView
  mayAct: boolean
  actions: HandlerActions
}

const PROTECTED = "The inspector's own handlers always run: one must be able to take a pause back."
const NOT_ALLOWED = 'Only an operator may do this.'

/** One handler: a row of the table, on a phone a slip of its own. */
export function HandlerRow({ handler, mayAct, actions }: Props) {
  const { subscription, kind, message, isPaused, isProtected, concurrency, rateLimit } = handler
  const rate = rateLimit.set ?? rateLimit.declared
  const reason = isProtected ? PROTECTED : mayAct ? undefined : NOT_ALLOWED
  const disabled = { disabled: reason !== undefined || actions.isBusy, title: reason }
  return (
    <tr
      className={clsx(
        'border-b border-line align-top max-lg:grid max-lg:grid-cols-2 max-lg:gap-x-4 max-lg:gap-y-1 max-lg:rounded-md max-lg:border max-lg:bg-raised max-lg:p-3',
        isPaused && 'bg-tint',
      )}
    >
      <Cell className="max-lg:col-span-2">
        <span className="font-mono font-medium break-words">{subscription}</span>
        <span className="block text-xs text-muted">{kind}</span>
      </Cell>
      <Cell className="max-lg:col-span-2">
        <span className="font-mono break-words text-muted">{message.name}</span>
        <span className="block text-xs text-muted">{message.kind}</span>
      </Cell>
      <Cell label="State">
        <span className={isPaused ? 'font-semibold' : undefined}>{isPaused ? '❙❙ paused' : 'running'}</span>
      </Cell>
      <Cell label="At once">
        <SetOrDeclared value={String(concurrency.set ?? concurrency.declared)} isSet={concurrency.set !== null} />
      </Cell>
      <Cell label="Rate">
        <SetOrDeclared value={rate ? formatRate(rate) : 'no limit'} isSet={rateLimit.set !== null} />
      </Cell>
      <Count label="Waiting">{formatCount(handler.waiting)}</Count>
      <Count label="In flight">{formatCount(handler.running)}</Count>
      <Count label="Dead" isBad={handler.dead.count > 0}>
        {formatCount(handler.dead)}
      </Count>
      <Cell className="max-lg:col-span-2 max-lg:pt-2">
        <div className="flex justify-end gap-2 max-lg:justify-start">
          <Button
            variant="quiet"
            size="small"
            {...disabled}
            aria-label={`${isPaused ? 'Resume' : 'Pause'} ${subscription}`}
            onClick={() => (isPaused ? actions.resume(subscription) : actions.pause(subscription))}
          >
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
          <LimitsControl
            handler={handler}
            disabled={disabled}
            onSet={(limits) => actions.setLimits(subscription, limits)}
          />
        </div>
      </Cell>
    </tr>
  )
}

function Cell({ label, className, children }: { label?: string; className?: string; children: ReactNode }) {
  return (
    <td className={clsx('py-2 pr-4 max-lg:block max-lg:p-0', className)}>
      {label && (
        <span aria-hidden="true" className="mr-2 text-xs text-muted lg:hidden">
          {label}
        </span>
      )}
      {children}
    </td>
  )
}

function Count({ label, isBad = false, children }: { label: string; isBad?: boolean; children: ReactNode }) {
  return (
    <Cell label={label} className="lg:text-right">
      <span className={clsx('font-mono', isBad && 'font-semibold text-state-dead')}>{children}</span>
    </Cell>
  )
}

/** What an operator set stands out from what the code declares. */
function SetOrDeclared({ value, isSet }: { value: string; isSet: boolean }) {
  return (
    <>
      <span className={clsx('whitespace-nowrap', isSet && 'font-semibold')}>{value}</span>
      {isSet && <span className="text-xs text-muted lg:block"> set by hand</span>}
    </>
  )
}
