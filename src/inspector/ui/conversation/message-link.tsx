'use client'
import clsx from 'clsx'
import { useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext } from 'react'
import { Link } from '../../../web/components/link.tsx'

type Open = (messageId: string) => void

const Opening = createContext<Open | null>(null)

/** Below it a message is opened in place: a recording has no pages for its messages. */
export function OpenInPlace({ onOpen, children }: { onOpen: Open; children: ReactNode }) {
  return <Opening value={onOpen}>{children}</Opening>
}

/** Whether what is shown is a recording. */
export function useIsRecorded(): boolean {
  return useContext(Opening) !== null
}

export function useOpenMessage(): Open {
  const router = useRouter()
  const inPlace = useContext(Opening)
  return inPlace ?? ((messageId) => router.push(`/inspector/m/${messageId}`))
}

interface Props {
  messageId: string
  title?: string
  className: string
  children: ReactNode
}

/** The name of a message in a view of its conversation: leads to the message. The view has the keys. */
export function MessageLink({ messageId, title, className, children }: Props) {
  const inPlace = useContext(Opening)
  if (!inPlace) {
    return (
      <Link href={`/inspector/m/${messageId}`} title={title} tabIndex={-1} className={className}>
        {children}
      </Link>
    )
  }
  return (
    <button
      type="button"
      title={title}
      tabIndex={-1}
      onClick={() => inPlace(messageId)}
      className={clsx('text-left', className)}
    >
      {children}
    </button>
  )
}
