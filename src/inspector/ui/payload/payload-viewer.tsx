'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import { useTRPC } from '../../../web/trpc/client.tsx'
import { PAYLOAD_TABS, type PayloadTab } from '../../model/message-address.ts'
import { curlOf } from '../../model/payload/payload-copies.ts'
import { MOST_PARSED_BY_PAGE, type PayloadSource } from '../../model/payload/payload-source.ts'
import type { MessageDetail } from '../../model/view.ts'
import { Choice } from '../conversation/choice.tsx'
import { saveFile } from '../save-file.ts'
import { useShortcuts } from '../shortcuts/use-shortcuts.ts'
import { useCopy } from '../use-copy.ts'
import { CopyHeaders, Headers } from './headers.tsx'
import { Metadata } from './metadata.tsx'
import { PayloadDifferences } from './payload-differences.tsx'
import { PayloadTree } from './payload-tree.tsx'
import { Reveal } from './reveal.tsx'
import { useAnswer, usePayload } from './use-payload.ts'

interface PayloadViewerProps {
  message: MessageDetail
  hasKeys?: boolean
  /** Whether whoever looks may see for a moment what is masked. */
  mayReveal?: boolean
  /** What of it is shown, where an address says so. */
  tab?: PayloadTab
  onTab?(tab: PayloadTab): void
}

/** The body of a message. What is masked stays masked, also in copies and differences. */
export function PayloadViewer({ message, hasKeys = false, mayReveal = false, ...chosen }: PayloadViewerProps) {
  const { messageId, payload } = message
  const [own, setOwn] = useState<PayloadTab>('Payload')
  const { tab = own, onTab: setTab = setOwn } = chosen
  const [isWanted, setWanted] = useState(payload.isWhole)
  const trpc = useTRPC()
  const options = trpc.inspector.payload.queryOptions({ id: messageId }, { staleTime: Number.POSITIVE_INFINITY })
  const { data, error } = useQuery({ ...options, enabled: isWanted && !payload.isWhole })
  const json = payload.isWhole ? payload.json : (data ?? null)
  const source = usePayload(json)
  return (
    <div className="rounded-md border border-line bg-raised">
      {hasKeys && <TabKeys onTab={setTab} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-2">
        <span className="flex flex-wrap gap-1.5">
          {PAYLOAD_TABS.map((each) => (
            <Choice key={each} isOn={each === tab} onClick={() => setTab(each)}>
              {each}
            </Choice>
          ))}
        </span>
        {tab === 'Headers' ? (
          <CopyHeaders message={message} />
        ) : (
          source && tab !== 'Metadata' && <Copies message={message} source={source} />
        )}
      </div>
      {tab === 'Headers' ? (
        <Headers message={message} />
      ) : tab === 'Metadata' ? (
        <Metadata message={message} />
      ) : source ? (
        <Body tab={tab} message={message} source={source} json={json} />
      ) : (
        <LongPayload
          message={message}
          isReading={isWanted && !error}
          error={error?.message}
          onRead={() => setWanted(true)}
        />
      )}
      {mayReveal && source && <Reveal key={messageId} messageId={messageId} source={source} />}
    </div>
  )
}

interface BodyProps {
  tab: Exclude<PayloadTab, 'Headers' | 'Metadata'>
  message: MessageDetail
  source: PayloadSource
  json: string | null
}

function Body({ tab, message: { messageId }, source, json }: BodyProps) {
  if (tab === 'Diff') return <PayloadDifferences messageId={messageId} body={json} />
  return tab === 'Raw' ? <Raw source={source} /> : <PayloadTree source={source} isOfMessage />
}

/** Beside a list the numbers are for the tabs of its panel. */
function TabKeys({ onTab }: { onTab(tab: PayloadTab): void }) {
  useShortcuts('message', { tab: ({ key }) => onTab(PAYLOAD_TABS[Number(key) - 1]!) })
  return null
}

function Copies({ message, source }: { message: MessageDetail; source: PayloadSource }) {
  const copy = useCopy()
  const download = async () => savePayload(message, await source.json())
  return (
    <span className="flex flex-wrap gap-1.5">
      <Choice onClick={() => void copy(source.json(), 'Copied as JSON.')}>Copy JSON</Choice>
      <Choice onClick={() => void copy(source.fixture(message), 'Copied as a fixture.')}>Copy as fixture</Choice>
      <Choice onClick={() => void copy(curlOf(message, window.location.origin), 'Copied for a shell.')}>
        Copy as cURL
      </Choice>
      <Choice onClick={() => void download()}>Download</Choice>
    </span>
  )
}

/** As JSON; of a long one the beginning, as a page of a million characters holds up whoever scrolls. */
function Raw({ source }: { source: PayloadSource }) {
  const { value: json } = useAnswer(source, (each) => each.json())
  if (json === null) return <p className="px-4 py-3 text-sm text-muted">Reading it</p>
  const isCut = json.length > MOST_PARSED_BY_PAGE
  return (
    <>
      <pre tabIndex={0} className="max-h-[36rem] overflow-auto px-4 py-3 font-mono text-xs leading-5">
        <ForeignText text={json.slice(0, MOST_PARSED_BY_PAGE)} />
      </pre>
      {isCut && (
        <p className="border-t border-line px-4 py-2 text-sm text-muted">
          This is its beginning. “Download” has all of it.
        </p>
      )}
    </>
  )
}

interface LongProps {
  message: MessageDetail
  isReading: boolean
  error: string | undefined
  onRead(): void
}

/** So long that reading it would hold the page up: only its beginning, until one asks. */
function LongPayload({ message, isReading, error, onRead }: LongProps) {
  const { payload, messageId } = message
  const trpc = useTRPC()
  const options = trpc.inspector.payload.queryOptions({ id: messageId }, { staleTime: Number.POSITIVE_INFINITY })
  const { refetch } = useQuery({ ...options, enabled: false })
  const download = async () => {
    const { data } = await refetch()
    if (data) savePayload(message, data)
  }
  return (
    <div className="px-4 py-3">
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

function savePayload({ messageId }: MessageDetail, json: string): void {
  saveFile(`message-${messageId}.json`, new Blob([json], { type: 'application/json' }))
}
