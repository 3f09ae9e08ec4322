import type { Metadata } from 'next'
import { ForgotForm } from '../../modules/accounts/ui/index.ts'
import { Link } from '../../web/components/link.tsx'
import { SlipPage } from '../../web/components/page-shell.tsx'
import { request } from '../request.ts'

export const metadata: Metadata = { title: 'Forgot your password', robots: 'noindex' }

export default async function ForgotPage() {
  const { session, settings } = await request()
  return (
    <SlipPage
      visit={{ session, settings }}
      below={
        <p>
          Remembered it?{' '}
          <Link href="/login" className="text-accent underline underline-offset-4">
            Log in
          </Link>
        </p>
      }
    >
      <ForgotForm />
    </SlipPage>
  )
}
