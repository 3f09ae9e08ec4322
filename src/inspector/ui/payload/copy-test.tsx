'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '../../../web/components/button.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { parseExact } from '../../model/payload/exact-json.ts'
import { failingTestName, failingTestOf } from '../../model/payload/failing-test.ts'
import type { LaneView, MessageDetail } from '../../model/view.ts'
import { useCopy } from '../use-copy.ts'

/** Takes a delivery that went wrong along as a test, which passes once its handler is mended. */
export function CopyTest({ message, lane }: { message: MessageDetail; lane: LaneView }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const copy = useCopy()
  const read = async () => {
    const [json, before] = await Promise.all([
      client.fetchQuery(trpc.inspector.payload.queryOptions({ id: message.messageId })),
      client.fetchQuery(trpc.inspector.priorState.queryOptions({ deliveryId: lane.deliveryId })),
    ])
    if (json === null) throw new Error('The message is gone: nothing is left to test with.')
    return failingTestOf(message, lane, parseExact(json), before)
  }
  const take = () => copy(read(), `Copied. Save it as src/server/${failingTestName(lane)}`)
  return (
    <Button variant="quiet" size="small" onClick={() => void take()}>
      Copy as failing test
    </Button>
  )
}
