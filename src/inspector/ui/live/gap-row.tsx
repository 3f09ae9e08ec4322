interface Props {
  /** Messages that have not come yet; null while that is not known. */
  missing: number | null
  top: number
  height: number
}

/** Stands where messages are missing, until they take its place. */
export function GapRow({ missing, top, height }: Props) {
  return (
    <div
      role="row"
      className="absolute inset-x-0 flex items-center gap-3 border-b border-l-[3px] border-b-line border-l-state-retrying bg-[color-mix(in_srgb,var(--state-retrying)_10%,var(--raised))] px-3.5 text-sm"
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="gridcell" className="tabular-nums">
        <span aria-hidden="true">⋯ </span>
        {missing === null || missing === 0
          ? 'Some are missing here and being filled in'
          : `${missing.toLocaleString('en')} missed, being filled in`}
      </div>
    </div>
  )
}
