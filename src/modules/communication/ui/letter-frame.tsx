'use client'
import { useSyncExternalStore } from 'react'

const watchNothing = () => () => undefined
const nonceOfPage = () => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''

interface LetterFrameProps {
  html: string
  title: string
  /** As a mail program in a light or a dark room shows it; as the page is where nothing is said. */
  scheme?: 'light' | 'dark'
}

/** A letter as designed: no scripts, no forms, an origin of its own; links open in a page that is free of these limits. */
export function LetterFrame({ html, title, scheme }: LetterFrameProps) {
  // The frame has the policy of the page: without its nonce the letter's rules for dark rooms would not hold.
  const nonce = useSyncExternalStore(watchNothing, nonceOfPage, () => '')
  const styled = inRoom(html, scheme).replaceAll('<style>', `<style nonce="${nonce}">`)
  return (
    <iframe
      title={title}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      // The server does not know it: there, the frame stays empty.
      srcDoc={nonce && `<base target="_blank">${styled}`}
      className="h-[600px] w-full"
    />
  )
}

/** The rules for dark rooms hold, or do not, whatever the room of the reader is like. */
function inRoom(html: string, scheme: LetterFrameProps['scheme']): string {
  if (!scheme) return html
  return html.replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
}
