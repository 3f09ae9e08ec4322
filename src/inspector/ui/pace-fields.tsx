import { useState } from 'react'
import { formatMs } from '../model/durations.ts'
import { plannedStages, STAGINGS, type Staging } from '../model/operation.ts'

const NUMBER = 'h-8 w-20 rounded-md border border-field bg-paper px-2 font-mono text-ink'

const CHOICES: readonly [staging: Staging, words: string][] = [
  ['careful', 'One first, then 10, then the rest'],
  ['one-first', 'One first, then the rest'],
  ['none', 'All of them, without a trial'],
]
const FIRST_PACE = 10

/** How fast an operation on so many goes, in which stages, and when it gives up by itself. */
export function PaceFields({ count, proposed = 'careful' }: { count: number; proposed?: Staging | undefined }) {
  const [staging, setStaging] = useState(proposed)
  const [perSecond, setPerSecond] = useState(FIRST_PACE)
  return (
    <fieldset className="grid gap-3 text-sm">
      <legend className="sr-only">Pace</legend>
      <div className="grid gap-1.5">
        {CHOICES.map(([each, words]) => (
          <label key={each} className="flex items-center gap-2">
            <input
              type="radio"
              name="staging"
              value={each}
              checked={staging === each}
              onChange={() => setStaging(each)}
            />
            {words}
          </label>
        ))}
      </div>
      <label className="flex items-center gap-2">
        At most
        <input
          type="number"
          name="perSecond"
          defaultValue={FIRST_PACE}
          onChange={({ target }) => setPerSecond(target.valueAsNumber)}
          min={1}
          max={1_000}
          required
          className={NUMBER}
        />
        per second
      </label>
      <label className="flex flex-wrap items-center gap-2">
        Stop when
        <input type="number" name="stopPercent" defaultValue={50} min={0} max={100} required className={NUMBER} />
        <span>
          % fail again <span className="text-muted">(0: never)</span>
        </span>
      </label>
      {count > 0 && <Plan stages={STAGINGS[staging]} count={count} perSecond={perSecond} />}
    </fieldset>
  )
}

/** What is about to happen, stage by stage. */
function Plan({ stages, count, perSecond }: { stages: readonly number[]; count: number; perSecond: number }) {
  const planned = plannedStages(stages, count)
  const ms = perSecond >= 1 ? Math.ceil(Math.max(...planned) / perSecond) * 1_000 : null
  return (
    <section aria-label="What it will do" className="rounded-md border border-line bg-tint px-3 py-2">
      <ol className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {planned.map((size, stage) => (
          <li
            key={stage}
            className="flex items-center gap-2 after:text-muted after:content-['→'] last:after:content-none"
          >
            <span className="rounded border border-line bg-raised px-2 font-mono leading-6 tabular-nums">
              {size.toLocaleString('en')}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-1.5 text-xs text-muted">
        {planned.length > 1 && 'A stage begins only once the one before went well. '}
        {ms !== null && ms > 1_000 && `The ${planned.length > 1 ? 'largest' : 'whole'} takes about ${formatMs(ms)}.`}
      </p>
    </section>
  )
}

/** The stages that were chosen in {@link PaceFields}. */
export function stagesOf(form: FormData): number[] {
  const chosen = CHOICES.find(([each]) => each === form.get('staging'))
  return STAGINGS[chosen?.[0] ?? 'careful']
}
