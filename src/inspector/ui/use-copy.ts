'use client'
import { useToasts } from '../../web/components/toasts.tsx'
import { copyText } from './copy-text.ts'

/** Copies a text, and says what became of it. */
export function useCopy(): (text: string | Promise<string>, done: string) => Promise<void> {
  const toasts = useToasts()
  return async (text, done) => {
    try {
      const isCopied = await copyText(await text)
      toasts.add({ title: isCopied ? done : 'The browser did not let it be copied.' })
    } catch (error) {
      toasts.add({ title: 'It was not copied', description: (error as Error).message })
    }
  }
}
