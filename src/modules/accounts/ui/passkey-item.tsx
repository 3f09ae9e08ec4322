'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../../../web/components/button.tsx'
import { DateTime } from '../../../web/components/date-time.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { PasswordAgainField } from '../../../web/components/password-again-field.tsx'
import { TextField } from '../../../web/components/text-field.tsx'
import { useForm } from '../../../web/components/use-form.ts'
import { NOT_YOUR_PASSWORD, passwordField } from '../../../web/password-again.ts'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { passkeyLabel } from '../model/passkey-form.ts'
import type { PasskeyView } from '../passkeys-router.ts'
import { ceremonyProblem } from './passkey-ceremony.ts'
import { useRefreshPasskeys } from './refresh-passkeys.ts'

interface ItemProps {
  passkey: PasskeyView
}

/** One passkey: when it was used, and what can be done about it. */
export function PasskeyItem({ passkey }: ItemProps) {
  const [isEdited, setEdited] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const { label, createdAt, lastUsedAt } = passkey
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
      {isAsked && <RemovePasskey passkey={passkey} onEnd={() => setAsked(false)} />}
    </li>
  )
}

interface StepProps extends ItemProps {
  onEnd(): void
}

const removeForm = z.object({ password: passwordField })

function RemovePasskey({ passkey: { id: passkeyId, label }, onEnd }: StepProps) {
  const trpc = useTRPC()
  const refresh = useRefreshPasskeys()
  const remove = useMutation(
    trpc.accounts.removePasskey.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome === 'wrong-password') return form.showProblem('password', NOT_YOUR_PASSWORD)
        return outcome === 'passkey-needed' ? undefined : refresh()
      },
    }),
  )
  const form = useForm(removeForm, ({ password }) => remove.mutate({ passkeyId, password }))
  return (
    <form {...form.formProps} aria-label={`Remove ${label}`} className="grid gap-3">
      <PasswordAgainField
        autoFocus
        hint="Once more. The passkey will not open your account any more."
        {...form.fieldProps('password')}
      />
      {remove.data?.outcome === 'passkey-needed' && (
        <Notice title="It was not removed.">
          You came in with your password. Come in with a passkey to remove one.
        </Notice>
      )}
      {remove.isError && <Notice title="It was not removed.">{ceremonyProblem(remove.error)}</Notice>}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" variant="danger" size="small" pending={remove.isPending}>
          Remove for good
        </Button>
        <Button variant="quiet" size="small" onClick={onEnd}>
          Keep it
        </Button>
      </div>
    </form>
  )
}

const renameForm = z.object({ label: passkeyLabel })

function RenamePasskey({ passkey, onEnd }: StepProps) {
  const trpc = useTRPC()
  const refresh = useRefreshPasskeys()
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
