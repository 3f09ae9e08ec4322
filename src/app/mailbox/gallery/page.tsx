import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Gallery, galleryView } from '../../../modules/communication/ui/index.ts'
import { PageShell } from '../../../web/components/page-shell.tsx'
import { request } from '../../request.ts'

export const metadata: Metadata = { title: 'Letters', robots: 'noindex' }

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function GalleryPage({ searchParams }: PageProps) {
  const { session, settings, caller } = await request()
  if (!settings.mailbox && !settings.faults) notFound()
  const view = galleryView(await searchParams)
  const { kind, name, locale } = view
  const sample = await caller.mailbox.sample({ kind, name, locale })
  return (
    <PageShell visit={{ session, settings }}>
      <div className="py-8">
        <h1 className="text-2xl font-semibold tracking-tight">Letters</h1>
        <p className="mt-1 mb-6 max-w-3xl text-muted">
          Every letter and text that Waybill writes, with made-up data: as it is designed, and as text.
        </p>
        <Gallery view={view} sample={sample} />
      </div>
    </PageShell>
  )
}
