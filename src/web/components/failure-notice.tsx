import { Notice } from './notice.tsx'

interface Failed {
  isError: boolean
  error: { message: string; data?: { fieldErrors?: unknown } | null | undefined } | null
}

/** Says that a form could not be sent, or was refused as a whole; what one field is wrong with stands beside it. */
export function FailureNotice({ of: { isError, error }, title }: { of: Failed; title: string }) {
  if (!isError || !error || error.data?.fieldErrors) return null
  return (
    <Notice title={title}>
      {error.data ? error.message : 'The server did not answer. What you typed is still here; please try again.'}
    </Notice>
  )
}
