import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { THEME_SCRIPT } from '../web/components/theme-script.ts'
import { Toasts } from '../web/components/toasts.tsx'
import { NO_EVAL_SCRIPT } from '../web/no-eval.ts'
import { ApiProvider } from '../web/trpc/client.tsx'
import '../web/globals.css'

export const metadata: Metadata = {
  title: { default: 'Waybill', template: '%s · Waybill' },
  description: 'Sign-up over a command/event bus, with every message, handler and delivery in view.',
  icons: { icon: '/icon.svg' },
}

const FIRST_SCRIPT = NO_EVAL_SCRIPT + THEME_SCRIPT

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8f4ec' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0f17' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        {/* Browsers hide a nonce once they have read it, so that the server's and the browser's never look the same. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: FIRST_SCRIPT }} />
      </head>
      <body>
        <ApiProvider>
          <Toasts>{children}</Toasts>
        </ApiProvider>
      </body>
    </html>
  )
}
