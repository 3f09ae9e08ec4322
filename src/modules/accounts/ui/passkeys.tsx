'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { passkeyLabel } from '../model/passkey-form.ts'
import type { PasskeyView } from '../passkeys-router.ts'
import { ceremonyProblem, makeOnDevice } from './passkey-ceremony.ts'
import { useForm } from './use-form.ts'

/** The passkeys of whoever is logged in: to add, rename and remove. */
export function Passkeys({ initial }: { initial: PasskeyView[] }) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.accounts.passkeys.queryOptions(undefined, { initialData: { passkeys: initial } }))
  return (
    <div className="grid gap-6">
      {data.passkeys.length > 0 && (
        <ul aria-label="Passkeys" className="divide-y divide-line border-y border-line">
          {data.passkeys.map((passkey) => (
            <PasskeyItem key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <AddPasskey />
    </div>
  )
}

function PasskeyItem({ passkey }: { passkey: PasskeyView }) {
  const [isEdited, setEdited] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const refresh = useRefresh()
  const trpc = useTRPC()
  const remove = useMutation(trpc.accounts.removePasskey.mutationOptions({ onSuccess: refresh }))
  const { id: passkeyId, label, createdAt, lastUsedAt } = passkey
  if (isEdited) return <RenamePasskey passkey={passkey} onEnd={() => setEdited(false)} />
  return (
    <li className="grid gap-3 py-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1">
          <p className="font-medium [overflow-wrap:anywhere]">
            <bdi>{label}</bdi>
          </p>
          <p className="text-sm text-muted">
            Added on <DateTime iso={createdAt} />
          </p>
          <p className="text-sm text-muted">
            {lastUsedAt ? (
              <>
                Last used on <DateTime iso={lastUsedAt} />
              </>
            ) : (
              'Not used yet'
            )}
          </p>
        </div>
        <Button variant="quiet" size="small" aria-label={`Rename ${label}`} onClick={() => setEdited(true)}>
          Rename
        </Button>
        {!isAsked && (
          <Button variant="danger" size="small" aria-label={`Remove ${label}`} onClick={() => setAsked(true)}>
            Remove
          </Button>
        )}
      </div>
      {isAsked && (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <p className="flex-1">It will not open your account any more.</p>
          <Button variant="quiet" size="small" autoFocus onClick={() => setAsked(false)}>
            Keep it
          </Button>
          <Button variant="danger" size="small" pending={remove.isPending} onClick={() => remove.mutate({ passkeyId })}>
            Remove for good
          </Button>
        </div>
      )}
      {remove.isError && <Notice title="It was not removed.">{ceremonyProblem(remove.error)}</Notice>}
    </li>
  )
}

const renameForm = z.object({ label: passkeyLabel })

function RenamePasskey({ passkey, onEnd }: { passkey: PasskeyView; onEnd(): void }) {
  const trpc = useTRPC()
  const refresh = useRefresh()
  const rename = useMutation(trpc.accounts.renamePasskey.mutationOptions({ onSuccess: () => refresh().then(onEnd) }))
  const form = useForm(renameForm, ({ label }) => rename.mutate({ passkeyId: passkey.id, label }))
  return (
    <li className="py-4">
      <form {...form.formProps} className="grid gap-3">
        <TextField label="New name" autoFocus defaultValue={passkey.label} {...form.fieldProps('label')} />
        {rename.isError && <Notice title="It was not renamed.">{ceremonyProblem(rename.error)}</Notice>}
        <div className="flex gap-3">
          <Button type="submit" size="small" pending={rename.isPending}>
            Rename
          </Button>
          <Button variant="quiet" size="small" onClick={onEnd}>
            Cancel
          </Button>
        </div>
      </form>
    </li>
  )
}

const addForm = z.object({
  label: passkeyLabel,
  password: z.string().min(1, 'Please enter your password.').max(200, 'Please use at most 200 characters.'),
})

const OUTCOMES = {
  refused: 'The answer of the device came too late or does not fit. Please try again.',
  'already-there': 'This passkey is in use already.',
  'too-many': 'You have 20 passkeys. Remove one first.',
} as const

function AddPasskey() {
  const trpc = useTRPC()
  const refresh = useRefresh()
  const ask = useMutation(trpc.accounts.askForNewPasskey.mutationOptions())
  const keep = useMutation(trpc.accounts.addPasskey.mutationOptions())
  const add = useMutation({
    mutationFn: async ({ label, password }: z.output<typeof addForm>) => {
      const asked = await ask.mutateAsync({ password })
      if (asked.outcome === 'wrong-password') return asked
      return keep.mutateAsync({ label, answer: await makeOnDevice(asked.options) })
    },
    onSuccess: async ({ outcome }) => {
      if (outcome === 'wrong-password') return form.showProblem('password', 'That is not your password.')
      if (outcome !== 'added') return
      form.formProps.ref.current?.reset()
      await refresh()
    },
  })
  const form = useForm(addForm, (values) => add.mutate(values))
  const outcome = add.data?.outcome
  return (
    <form {...form.formProps} className="grid gap-5">
      <TextField
        label="Name of the new passkey"
        hint="So that you know it again, like “My phone”."
        autoComplete="off"
        {...form.fieldProps('label')}
      />
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        hint="Once more, so that nobody adds one at your open browser."
        {...form.fieldProps('password')}
      />
      {outcome && outcome in OUTCOMES && (
        <Notice title="It was not added.">{OUTCOMES[outcome as keyof typeof OUTCOMES]}</Notice>
      )}
      {add.isError && <Notice title="It was not added.">{ceremonyProblem(add.error)}</Notice>}
      <div>
        <Button type="submit" pending={add.isPending}>
          Add a passkey
        </Button>
      </div>
      <p role="status" className="text-sm">
        {outcome === 'added' && 'Added. You can log in with it from now on.'}
      </p>
    </form>
  )
}

function useRefresh(): () => Promise<void> {
  const trpc = useTRPC()
  const client = useQueryClient()
  return () => client.invalidateQueries(trpc.accounts.passkeys.queryFilter())
}
