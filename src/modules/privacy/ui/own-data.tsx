'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { Button } from '../../../web/components/button.tsx'
import { Notice } from '../../../web/components/notice.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'

export interface Place {
  title: string
}

/** What is kept of the person, place by place, and all of it as a file. */
export function OwnData({ places }: { places: readonly Place[] }) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const download = useMutation({
    mutationFn: () => queries.fetchQuery(trpc.privacy.ownData.queryOptions(undefined, { staleTime: 0 })),
    onSuccess: (data) => save('my-data.json', JSON.stringify(data, null, 2)),
  })
  return (
    <div className="grid justify-items-start gap-4">
      <ul aria-label="Places" className="columns-2 gap-6 text-sm text-muted [&>li]:mb-1 [&>li]:break-inside-avoid">
        {[...new Set(places.map((each) => each.title))].map((title) => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      {download.isError && <Notice title="Your data could not be put together.">Please try again.</Notice>}
      <Button variant="quiet" pending={download.isPending} onClick={() => download.mutate()}>
        <Download size={16} aria-hidden="true" />
        Download my data
      </Button>
      <p role="status" className="text-sm text-muted">
        {download.isSuccess && 'my-data.json was handed to your browser.'}
      </p>
    </div>
  )
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
