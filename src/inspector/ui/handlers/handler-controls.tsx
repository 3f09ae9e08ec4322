import clsx from 'clsx'
import { Button } from '../../../web/components/button.tsx'
import { formatRate, type HandlerView } from '../../model/handler-view.ts'
import { onlyOperators } from '../only-operators.ts'
import { LimitsControl } from './limits-control.tsx'
import type { HandlerActions } from './use-handler-actions.ts'

interface Props {
  handler: HandlerView
  mayAct: boolean
  actions: HandlerActions
}

/** What an operator can do to a handler; where it cannot be done the button says why. */
export function HandlerControls({ handler, mayAct, actions }: Props) {
  const { subscription, isPaused, alwaysRuns } = handler
  const reason = alwaysRuns === null ? onlyOperators(mayAct) : `It always runs. ${alwaysRuns}`
  const disabled = { disabled: reason !== undefined, title: reason }
  return (
    <div className="flex gap-1.5 min-[84rem]:justify-end">
      <Button
        variant="quiet"
        size="small"
        {...disabled}
        aria-label={`${isPaused ? 'Resume' : 'Pause'} ${subscription}`}
        pending={actions.isBusy(subscription)}
        onClick={() => actions[isPaused ? 'resume' : 'pause'](subscription)}
      >
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <LimitsControl
        handler={handler}
        disabled={disabled}
        onSet={(limits) => actions.setLimits(subscription, limits)}
      />
    </div>
  )
}

/** Whether and how it runs. What an operator set stands out from what the code declares. */
export function HandlerSettings({ handler: { isPaused, outage, concurrency, rateLimit } }: { handler: HandlerView }) {
  const rate = rateLimit.set ?? rateLimit.declared
  const isSet = concurrency.set !== null || rateLimit.set !== null
  return (
    <>
      <span className={clsx('whitespace-nowrap', (isPaused || outage) && 'font-semibold')}>
        {isPaused ? '❙❙ paused' : outage ? '◍ outage, probing' : 'running'}
      </span>
      <span className={clsx('block text-xs min-[84rem]:max-w-28', isSet ? 'font-medium text-ink' : 'text-muted')}>
        {concurrency.set ?? concurrency.declared} at once{rate && `, ${formatRate(rate)}`}
        {isSet && ', set by hand'}
      </span>
    </>
  )
}
