import { toLocalField } from '../model/scheduled-view.ts'

/** A day and a time of day, to the minute; in the reader's zone once the page runs, which the server does not know. */
export function DueAt({ iso, isLocal }: { iso: string; isLocal: boolean }) {
  const field = isLocal ? toLocalField(iso) : iso.slice(0, 16)
  return (
    <time dateTime={iso} title={`${iso} (UTC)`} className="font-mono whitespace-nowrap">
      {field.replace('T', ' ')}
    </time>
  )
}
