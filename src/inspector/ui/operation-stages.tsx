import clsx from 'clsx'
import type { DeliveryState } from '../../bus/message.ts'
import { StateGlyph } from '../../web/components/state-glyph.tsx'
import type { StageProgress } from '../model/operation.ts'
import { countWords } from './operation-progress.tsx'

type State = StageProgress['state']

const GLYPHS: Record<State, DeliveryState> = {
  waiting: 'pending',
  running: 'running',
  passed: 'succeeded',
  stopped: 'dead',
}
const WORDS: Record<State, string> = {
  waiting: 'not begun',
  running: 'in this stage',
  passed: 'went well',
  stopped: 'ended here',
}

/** The stages of an operation, each of which must go well before the next begins. */
export function OperationStages({ progress, isPaused }: { progress: readonly StageProgress[]; isPaused: boolean }) {
  return (
    <ol aria-label="Stages" className="grid gap-2 sm:flex">
      {progress.map(({ planned, state, counts }, stage) => (
        <li
          key={stage}
          aria-current={state === 'running' ? 'step' : undefined}
          className={clsx(
            'grid min-w-0 flex-1 content-start gap-0.5 rounded-md border px-3 py-2',
            state === 'running' ? 'border-ink bg-tint' : 'border-line',
            state === 'waiting' && 'text-muted',
          )}
        >
          <span className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
            <span className="font-medium">{titleOf(progress, stage)}</span>
            <span className="font-mono text-xs tabular-nums">{planned.toLocaleString('en')}</span>
          </span>
          <span className="flex items-center gap-1.5 text-xs">
            <StateGlyph state={GLYPHS[state]} size={12} />
            {state === 'running' && isPaused ? 'paused in this stage' : WORDS[state]}
          </span>
          <span className="text-xs text-muted">{countWords(counts)}</span>
        </li>
      ))}
    </ol>
  )
}

function titleOf(progress: readonly StageProgress[], stage: number): string {
  if (stage === 0) return progress[0]?.planned === 1 ? 'One first' : 'First'
  return stage === progress.length - 1 ? 'Then the rest' : `Then ${progress[stage]?.planned}`
}
