'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { Link } from '../../../web/components/link.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { MAX_HOLD_DAYS } from '../messages.ts'
import type { Receipt } from '../model/receipt.ts'

interface ErasuresProps {
  legalHoldDays: number
  receipts: readonly Receipt[]
  /** Whether whoever looks may change the legal hold. */
  mayAct: boolean
}

/** The legal hold of deleted accounts, and what was erased where. */
export function Erasures({ legalHoldDays, receipts, mayAct }: ErasuresProps) {
  return (
    <section aria-labelledby="erasures" className="room">
      <h2 id="erasures" className="text-xl font-semibold tracking-tight">
        Erasure
      </h2>
      <p className="mt-1 mb-4 max-w-xl text-sm text-muted">
        This is for everybody. Of a deleted account all is erased after the legal hold: the person’s key is destroyed,
        and with it everything that was sealed by it can be read by nobody any more. Who waits for that is among what is{' '}
        <Link href="/inspector/scheduled" className="text-accent underline underline-offset-4">
          scheduled
        </Link>
        .
      </p>
      {mayAct ? (
        <LegalHold days={legalHoldDays} />
      ) : (
        <p className="text-sm">Legal hold: {legalHoldDays === 1 ? '1 day' : `${legalHoldDays} days`}</p>
      )}
      <h3 className="mt-8 mb-2 font-medium">Receipts</h3>
      {receipts.length === 0 ? (
        <EmptyState title="Nobody was erased yet">
          Each erasure leaves a receipt here: which places it went through, and how much it found there.
        </EmptyState>
      ) : (
        <ul aria-label="Receipts" className="divide-y divide-line border-y border-line">
          {receipts.map((receipt) => (
            <ReceiptItem key={receipt.id} receipt={receipt} />
          ))}
        </ul>
      )}
    </section>
  )
}

function LegalHold({ days }: { days: number }) {
  const trpc = useTRPC()
  const router = useRouter()
  const [problem, setProblem] = useState<string>()
  const saving = useMutation(
    trpc.privacy.setLegalHold.mutationOptions({
      onSuccess: () => router.refresh(),
      onError: (error) => setProblem(error.message),
    }),
  )
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const chosen = Number(new FormData(event.currentTarget).get('days'))
    if (!Number.isInteger(chosen) || chosen < 0 || chosen > MAX_HOLD_DAYS) {
      return setProblem(`A whole number from 0 to ${MAX_HOLD_DAYS}.`)
    }
    setProblem(undefined)
    saving.mutate({ days: chosen })
  }
  return (
    <form noValidate onSubmit={send} className="flex max-w-xl flex-wrap items-start gap-3">
      <div className="min-w-40 flex-1">
        <TextField
          label="Legal hold in days"
          name="days"
          type="number"
          min={0}
          max={MAX_HOLD_DAYS}
          defaultValue={days}
          hint="With 0 only what is under way about the person is waited for, a quarter of an hour at most. Counts for accounts deleted from now on."
          error={problem}
        />
      </div>
      <Button type="submit" variant="quiet" pending={saving.isPending} className="mt-6.5">
        Set
      </Button>
      <p role="status" className="basis-full text-sm text-muted">
        {saving.isSuccess && 'The legal hold is set.'}
      </p>
    </form>
  )
}

function ReceiptItem({ receipt: { personId, deletedAt, erasedAt, places } }: { receipt: Receipt }) {
  return (
    <li className="py-3">
      <details>
        <summary className="flex cursor-pointer flex-wrap gap-x-4 gap-y-1 text-sm">
          <span className="font-mono">{personId}</span>
          <span className="text-muted">
            deleted {deletedAt.slice(0, 10)} <Moment iso={deletedAt} to="seconds" />, erased {erasedAt.slice(0, 10)}{' '}
            <Moment iso={erasedAt} to="seconds" />
          </span>
        </summary>
        <div className="overflow-x-auto">
          <table className="mt-3 w-full max-w-2xl text-left text-sm">
            <thead className="text-muted">
              <tr>
                <th className="py-1 font-normal">Place</th>
                <th className="py-1 text-right font-normal">Rows</th>
                <th className="py-1 pl-6 font-normal">What was done</th>
              </tr>
            </thead>
            <tbody>
              {places.map((place) => (
                <tr key={place.table} className="border-t border-line">
                  <td className="py-1 font-mono">{place.table}</td>
                  <td className="py-1 text-right font-mono tabular-nums">{place.count}</td>
                  <td className="py-1 pl-6">{place.what}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </li>
  )
}
