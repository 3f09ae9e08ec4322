'use client'
import dynamic from 'next/dynamic'
import { type ChangeEvent, useEffect, useState } from 'react'
import { buttonLook } from '../../../web/components/button.tsx'
import { EmptyState } from '../../../web/components/empty-state.tsx'
import { ForeignText } from '../../../web/components/foreign-text.tsx'
import type { Recording } from '../../model/recording/recording.ts'
import { handOver, receiveFiles } from './handed-file.ts'
import { readFile } from './read-file.ts'

const RecordedConversation = dynamic(async () => (await import('./recorded-conversation.tsx')).RecordedConversation)

interface Opened {
  file: File
  recording: Recording
}

/** Opens a recording of a conversation: from the file alone, nothing is asked of the server. */
export function OpenPage() {
  const [handed, setHanded] = useState<File | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [problem, setProblem] = useState<{ file: string; words: string } | null>(null)
  const [isReading, setReading] = useState(false)
  useEffect(() => receiveFiles(setHanded), [])
  useEffect(() => {
    if (!handed) return
    let isNewest = true
    setReading(true)
    void readFile(handed).then((read) => {
      if (!isNewest) return
      setReading(false)
      setProblem(read.ok ? null : { file: handed.name, words: read.problem })
      if (read.ok) setOpened({ file: handed, recording: read.recording })
    })
    return () => {
      isNewest = false
    }
  }, [handed])
  const said = problem && (
    <p role="alert" className="rounded-md border border-danger bg-raised px-4 py-3 text-sm [overflow-wrap:anywhere]">
      <span className="font-medium">
        <ForeignText text={problem.file} />
      </span>{' '}
      was not opened. {problem.words}
    </p>
  )
  if (opened) {
    return (
      <RecordedConversation
        key={`${opened.file.name} ${opened.file.lastModified} ${opened.recording.recordedAt}`}
        recording={opened.recording}
        fileName={opened.file.name}
      >
        <FileChoice>Open another</FileChoice>
        {said}
      </RecordedConversation>
    )
  }
  return (
    <div className="room">
      <h1 className="text-2xl font-semibold tracking-tight">Open a recording</h1>
      <div className="mt-4 grid gap-4">
        {said}
        <div className="rounded-md border-2 border-dashed border-line">
          <EmptyState
            title={isReading ? 'Reading it' : 'Drop a recording here'}
            action={<FileChoice>Choose a file</FileChoice>}
          >
            A conversation that was exported as a <code>.busrec</code> file, here or anywhere else. It is read in this
            browser and sent to nobody; what is personal is masked in it.
          </EmptyState>
        </div>
      </div>
    </div>
  )
}

function FileChoice({ children }: { children: string }) {
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0]
    if (file) handOver(file)
    // The same file may be chosen once more.
    currentTarget.value = ''
  }
  return (
    <label
      className={`${buttonLook({ variant: 'quiet', size: 'small' })} cursor-pointer focus-within:outline-2 focus-within:outline-accent`}
    >
      {children}
      <input type="file" accept=".busrec,application/json" onChange={choose} className="sr-only" />
    </label>
  )
}
