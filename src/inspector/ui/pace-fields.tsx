const NUMBER = 'h-8 w-20 rounded border border-line bg-paper px-2 font-mono text-ink'

/** How fast an operation goes, and when it gives up by itself. */
export function PaceFields() {
  return (
    <fieldset className="grid gap-3 text-sm">
      <legend className="sr-only">Pace</legend>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="oneFirst" defaultChecked className="size-4 accent-accent" />
        One first, and the rest only if that succeeds
      </label>
      <label className="flex items-center gap-2">
        Then
        <input type="number" name="perSecond" defaultValue={10} min={1} max={1_000} required className={NUMBER} />
        per second
      </label>
      <label className="flex flex-wrap items-center gap-2">
        Stop when
        <input type="number" name="stopPercent" defaultValue={50} min={0} max={100} required className={NUMBER} />
        <span>
          % fail again <span className="text-muted">(0: never)</span>
        </span>
      </label>
    </fieldset>
  )
}
