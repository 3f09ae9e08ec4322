'use client'
import clsx from 'clsx'
import { useState } from 'react'
import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'
import type { MailboxItem } from '../router.ts'
import { LetterFrame } from './letter-frame.tsx'

/** One mail or text, as its reader would see it. */
export function Letter({ item }: { item: MailboxItem }) {
  const [view, setView] = useState<'html' | 'text'>(item.html ? 'html' : 'text')
  return (
    <article
      aria-label={item.subject ?? 'Text message'}
      className="min-w-0 overflow-hidden rounded-md border border-line bg-raised"
    >
      <header className="grid gap-2 border-b border-line px-5 py-4">
        <h2 className="text-lg font-semibold">{item.subject ?? 'Text message'}</h2>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm [&_dt]:text-muted">
          <dt>From</dt>
          <dd className="break-words">{item.sender}</dd>
          <dt>To</dt>
          <dd className="[overflow-wrap:anywhere]">{item.recipient}</dd>
          {item.externalId && (
            <>
              <dt>{item.channel === 'email' ? 'Message-ID' : 'Key'}</dt>
              <dd className="font-mono text-xs leading-5 break-all">{item.externalId}</dd>
            </>
          )}
        </dl>
        {item.html && (
          <div className={SEGMENTS} role="group" aria-label="Show as">
            {(['html', 'text'] as const).map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={view === each}
                onClick={() => setView(each)}
                className={segmentLook(view === each, 'small')}
              >
                {each === 'html' ? 'As designed' : 'As text'}
              </button>
            ))}
          </div>
        )}
      </header>
      {view === 'html' && item.html ? (
        <LetterFrame title="The e-mail as designed" html={item.html} />
      ) : (
        <p
          className={clsx(
            'p-5 break-words whitespace-pre-wrap',
            item.channel === 'sms' && 'm-5 w-fit max-w-md rounded-2xl rounded-bl-sm bg-tint',
          )}
        >
          <WithLinks text={item.text} />
        </p>
      )}
    </article>
  )
}

function WithLinks({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} target="_blank" rel="noopener" className="text-accent underline underline-offset-4">
        {part}
      </a>
    ) : (
      part
    ),
  )
}
