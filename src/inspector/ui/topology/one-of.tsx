import { SEGMENTS, segmentLook } from '../../../web/components/segments.ts'

interface Props<Option extends string> {
  /** What is chosen, for those who do not see the frame. */
  label: string
  options: Record<Option, string>
  chosen: Option
  onChoose(option: Option): void
}

/** A choice of which one always holds. */
export function OneOf<Option extends string>({ label, options, chosen, onChoose }: Props<Option>) {
  return (
    <fieldset className={SEGMENTS}>
      <legend className="sr-only">{label}</legend>
      {(Object.entries(options) as [Option, string][]).map(([each, words]) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === chosen}
          onClick={() => onChoose(each)}
          className={segmentLook(each === chosen)}
        >
          {words}
        </button>
      ))}
    </fieldset>
  )
}
