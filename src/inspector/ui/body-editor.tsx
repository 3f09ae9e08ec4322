'use client'
import { Dialog } from '@base-ui/react/dialog'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../web/components/button.tsx'
import { useTRPC } from '../../web/trpc/client.tsx'
import { fromEditable } from '../model/editable-body.ts'
import { diffPayloads } from '../model/payload/payload-diff.ts'
import { MOST_PARSED_BY_PAGE } from '../model/payload/payload-source.ts'
import { PayloadChanges } from './payload/payload-changes.tsx'

/** The body as JSON; what its handler's contract says against it stands below, line by line. */
export function BodyEditor({ deliveryId, initial }: { deliveryId: string; initial: string }) {
  const id = useId()
  const [text, setText] = useState(initial)
  const { send, problems, isPending } = useSend(deliveryId)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send(text)
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <label htmlFor={id} className="sr-only">
        Body
      </label>
      <textarea
        id={id}
        value={text}
        onChange={(event) => setText(event.target.value)}
        rows={Math.min(18, Math.max(8, text.split('\n').length + 1))}
        spellCheck={false}
        aria-invalid={problems.length > 0 ? true : undefined}
        aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
        className="w-full rounded-md border border-field bg-paper p-3 font-mono text-sm leading-6 text-ink aria-invalid:border-danger"
      />
      <Edited before={initial} after={text} />
      {problems.length > 0 && (
        <ul id={`${id}-problems`} role="alert" className="grid gap-1 text-sm text-danger">
          {problems.map((problem) => (
            <li key={problem} className="break-words">
              {problem}
            </li>
          ))}
        </ul>
      )}
      <div className="flex justify-end gap-2">
        <Dialog.Close render={<Button variant="quiet" size="small" />}>Cancel</Dialog.Close>
        <Button type="submit" size="small" pending={isPending}>
          Send the edited message
        </Button>
      </div>
    </form>
  )
}

/** What the edit changes; nothing while it is no JSON. */
function Edited({ before, after }: { before: string; after: string }) {
  if (before === after) return null
  if (Math.max(before.length, after.length) > MOST_PARSED_BY_PAGE)
    return <p className="text-sm text-muted">It is too long to be compared while you type.</p>
  try {
    return <PayloadChanges diff={diffPayloads(fromEditable(before), fromEditable(after))} />
  } catch {
    return null
  }
}

function useSend(deliveryId: string) {
  const trpc = useTRPC()
  const router = useRouter()
  const [problems, setProblems] = useState<readonly string[]>([])
  const edit = useMutation(
    trpc.inspector.editAndRetry.mutationOptions({
      onSuccess: (reply) => {
        if (reply.outcome === 'retried') return router.push(`/inspector/m/${reply.messageId}`)
        if (reply.outcome === 'unknown')
          return setProblems(['There is no such delivery any more. Nothing was changed.'])
        if (reply.outcome === 'invalid') {
          return setProblems(reply.issues.map(({ path, expected }) => (path ? `${path}: ${expected}` : expected)))
        }
        const how = reply.reason ? `${reply.state}, ${reply.reason}` : reply.state
        setProblems([`Somebody was faster: this delivery is ${how}. Nothing was changed.`])
      },
      onError: (error) => setProblems([`${error.message} Nothing was changed.`]),
    }),
  )
  const send = (text: string) => {
    setProblems([])
    try {
      edit.mutate({ deliveryId, json: JSON.stringify(fromEditable(text)) })
    } catch (error) {
      setProblems([`This is no JSON: ${(error as Error).message}`])
    }
  }
  return { send, problems, isPending: edit.isPending }
}
