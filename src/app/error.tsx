'use client'
import { Button } from '../web/components/button.tsx'

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md place-content-center justify-items-start gap-4 px-6">
      <h1 className="text-3xl font-semibold tracking-tight">This page could not be shown</h1>
      <p className="text-muted">
        Something went wrong on our side; nothing you did is lost. Try again, and if it stays like this, ask whoever
        runs this Waybill to look at its log.
      </p>
      <Button onClick={reset}>Try again</Button>
    </main>
  )
}
