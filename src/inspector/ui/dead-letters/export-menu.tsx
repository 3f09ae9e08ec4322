'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '../../../web/components/button.tsx'
import { Menu } from '../../../web/components/menu.tsx'
import { useToasts } from '../../../web/components/toasts.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { EXPORT_FORMATS, type ExportFormat } from '../../model/dead-letters-export.ts'
import type { Selection } from '../../operation-messages.ts'
import { saveFile } from '../save-file.ts'

const TYPES: Record<ExportFormat, string> = { csv: 'text/csv', json: 'application/json' }

/** Takes dead letters along as a file. What is masked on the page is masked in it. */
export function ExportMenu({ selection }: { selection: Selection }) {
  const trpc = useTRPC()
  const toasts = useToasts()
  const { mutate, isPending } = useMutation(
    trpc.inspector.exportDeadLetters.mutationOptions({
      onSuccess: ({ name, content, count, isCut }, { format }) => {
        saveFile(name, new Blob([content], { type: TYPES[format] }))
        const sum = count === 1 ? 'One dead letter' : `${count.toLocaleString('en')} dead letters`
        toasts.add({
          title: `${sum} in ${name}`,
          description: isCut ? 'A file takes no more: these are the newest.' : 'Masked values are masked in it, too.',
        })
      },
      onError: (error) => void toasts.add({ title: 'Nothing was exported', description: error.message }),
    }),
  )
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="small" aria-busy={isPending || undefined}>
          Export
        </Button>
      }
      choices={EXPORT_FORMATS.map((format) => ({
        title: `As ${format.toUpperCase()}`,
        run: () => mutate({ selection, format }),
      }))}
    />
  )
}
