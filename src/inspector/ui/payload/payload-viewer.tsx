'use client'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { parseExact } from '../../model/payload/exact-json.ts'
import { copyOf, curlOf, fixtureOf } from '../../model/payload/payload-copies.ts'
import type { MessageDetail } from '../../model/view.ts'
import { Choice } from '../conversation/choice.tsx'
import { saveFile } from '../save-file.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { useCopy } from '../use-copy.ts'
import { PayloadDifferences } from './payload-differences.tsx'
import { PayloadTree } from './payload-tree.tsx'
import { Reveal } from './reveal.tsx'

const TABS = ['Payload', 'Differences', 'Raw'] as const

interface PayloadViewerProps {
  message: MessageDetail
  hasKeys?: boolean
  /** Whether whoever looks may see for a moment what is masked. */
  mayReveal?: boolean
}

/** The body of a message. What is masked stays masked, also in copies and differences. */
export function PayloadViewer({ message, hasKeys = false, mayReveal = false }: PayloadViewerProps) {
  const { messageId, payload } = message
  const [tab, setTab] = useState<(typeof TABS)[number]>('Payload')
  const [isWanted, setWanted] = useState(payload.isWhole)
  const trpc = useTRPC()
  const options = trpc.inspector.payload.queryOptions({ id: messageId }, { staleTime: Number.POSITIVE_INFINITY })
  const { data, error } = useQuery({ ...options, enabled: isWanted && !payload.isWhole })
  const json = payload.isWhole ? payload.json : (data ?? null)
  const body = useMemo(() => (json === null ? null : { value: parseExact(json) }), [json])
  if (!body) {
    return (
      <LongPayload
        message={message}
        isReading={isWanted && !error}
        error={error?.message}
        onRead={() => setWanted(true)}
      />
    )
  }
  return (
    <div className="rounded-md border border-line bg-raised">
      {hasKeys && <TabKeys onTab={setTab} />}
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        {TABS.map((each) => (
          <Choice key={each} isOn={each === tab} onClick={() => setTab(each)}>
            {each}
          </Choice>
        ))}
        <Copies message={message} body={body.value} />
      </div>
      {tab === 'Payload' && <PayloadTree root={body.value} isOfMessage />}
      {tab === 'Differences' && <PayloadDifferences messageId={messageId} body={body.value} />}
      {tab === 'Raw' && (
        <pre tabIndex={0} className="max-h-[36rem] overflow-auto px-4 py-3 font-mono text-xs leading-5">
          <ForeignText text={copyOf(body.value)} />
        </pre>
      )}
      {mayReveal && <Reveal key={messageId} messageId={messageId} body={body.value} />}
    </div>
  )
}

/** Beside a list the numbers are for the tabs of its panel. */
function TabKeys({ onTab }: { onTab(tab: (typeof TABS)[number]): void }) {
  useShortcuts('message', { tab: ({ key }) => onTab(TABS[Number(key) - 1]!) })
  return null
}

function Copies({ message, body }: { message: MessageDetail; body: unknown }) {
  const copy = useCopy()
  return (
    <span className="ml-auto flex flex-wrap gap-2">
      <Choice onClick={() => void copy(copyOf(body), 'Copied as JSON.')}>Copy JSON</Choice>
      <Choice onClick={() => void copy(fixtureOf(message, body), 'Copied as a fixture.')}>Copy as fixture</Choice>
      <Choice onClick={() => void copy(curlOf(message, window.location.origin), 'Copied for a shell.')}>
        Copy as cURL
      </Choice>
    </span>
  )
}

interface LongProps {
  message: MessageDetail
  isReading: boolean
  error: string | undefined
  onRead(): void
}

/** So long that reading it would hold the page up: only its beginning, until one asks. */
function LongPayload({ message: { payload, messageId }, isReading, error, onRead }: LongProps) {
  const trpc = useTRPC()
  const options = trpc.inspector.payload.queryOptions({ id: messageId }, { staleTime: Number.POSITIVE_INFINITY })
  const { refetch } = useQuery({ ...options, enabled: false })
  const download = async () => {
    const { data } = await refetch()
    if (data) saveFile(`message-${messageId}.json`, new Blob([data], { type: 'application/json' }))
  }
  return (
    <div className="rounded-md border border-line bg-raised px-4 py-3">
      <p className="text-sm">
        It is long: {Math.ceil(payload.length / 1_024).toLocaleString('en')} KB. This is its beginning.
      </p>
      <pre tabIndex={0} className="my-3 max-h-64 overflow-auto rounded bg-tint p-3 font-mono text-xs leading-5">
        <ForeignText text={payload.json ?? ''} />
      </pre>
      {error && <p className="mb-2 text-sm text-danger">{error}</p>}
      <div className="flex gap-2">
        <Button variant="quiet" size="small" pending={isReading} onClick={onRead}>
          Read all of it
        </Button>
        <Button variant="quiet" size="small" onClick={() => void download()}>
          Download
        </Button>
      </div>
    </div>
  )
}
