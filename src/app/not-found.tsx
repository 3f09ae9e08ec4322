import Link from 'next/link'
import { buttonLook } from '../web/components/button.tsx'

export default function NotFoundPage() {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md place-content-center justify-items-start gap-4 px-6">
      <p className="font-mono text-sm text-muted">404</p>
      <h1 className="text-3xl font-semibold tracking-tight">Nothing is delivered here</h1>
      <p className="text-muted">The address leads nowhere. Perhaps it was mistyped, or what was here is gone.</p>
      <Link href="/" className={buttonLook({ variant: 'quiet' })}>
        To the start
      </Link>
    </main>
  )
}
