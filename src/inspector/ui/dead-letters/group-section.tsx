import { useState } from 'react'
import { Button } from '../../../web/components/button.tsx'
import { StateGlyph } from '../../../web/components/state-glyph.tsx'
import type { DeadLetterSection } from '../../model/dead-letters.ts'
import type { Selection } from '../../operation-messages.ts'
import { countWord, DeadLetterGroupCard } from '../dead-letter-group-card.tsx'
import { OperationDialog } from '../operation-dialog.tsx'
import { ExportMenu } from './export-menu.tsx'

/** Of a section with many kinds of failure, so many are shown at first. */
const SHOWN = 8

/** What kinds of failure have in common, how much of it is dead, and what can be done to all of it. */
export function GroupSection({ section, mayAct }: { section: DeadLetterSection; mayAct: boolean }) {
  const { title, count, groups, fingerprints } = section
  const [isWhole, setWhole] = useState(false)
  const shown = title && !isWhole ? groups.slice(0, SHOWN) : groups
  const selection: Selection = { by: 'groups', fingerprints, title }
  return (
    <section aria-label={title || undefined} className="mb-6 last:mb-0">
      {title && (
        <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="font-mono text-sm font-semibold [overflow-wrap:anywhere]">{title}</h2>
          <span className="flex items-center gap-1.5 text-sm text-muted tabular-nums">
            <StateGlyph state="dead" size={12} />
            {countWord(count)} dead, {groups.length === 1 ? 'one kind' : `${groups.length} kinds`} of failure
          </span>
          <span className="ml-auto flex gap-2">
            <OperationDialog kind="retry" selection={selection} mayAct={mayAct}>
              Retry these…
            </OperationDialog>
            <ExportMenu selection={selection} />
          </span>
        </div>
      )}
      <ul aria-label="Groups of dead letters" className="grid gap-2">
        {shown.map((group) => (
          <DeadLetterGroupCard key={group.fingerprint} group={group} mayAct={mayAct} />
        ))}
      </ul>
      {shown.length < groups.length && (
        <Button variant="quiet" size="small" className="mt-2" onClick={() => setWhole(true)}>
          {groups.length - shown.length} more kinds
        </Button>
      )}
    </section>
  )
}
