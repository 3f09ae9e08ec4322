'use client'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { DEFAULT_RANGE } from '../../model/range.ts'
import { FirstSteps } from '../overview/first-steps.tsx'
import { SampleFanOut } from '../sample-fan-out.tsx'

/** What a message looks like that nobody has sent yet, and ways to send one. */
export function EmptyStream({ mayAct }: { mayAct: boolean }) {
  const trpc = useTRPC()
  const { data: handlers } = useQuery(
    trpc.inspector.handlers.queryOptions({ range: DEFAULT_RANGE }, { enabled: mayAct }),
  )
  return (
    <div className="mt-5 grid grid-cols-1 gap-5">
      {handlers && <FirstSteps handlers={handlers.length} hasSent={false} mayAct={mayAct} />}
      <SampleFanOut initial={null} />
    </div>
  )
}
