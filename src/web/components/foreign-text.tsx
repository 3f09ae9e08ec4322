import { partsOf } from '../hidden-characters.ts'

/**
 * What a person or another program wrote, among words of ours: it keeps its own direction and turns nothing around
 * it, and what cannot be seen in it is shown as a mark.
 */
export function ForeignText({ text }: { text: string }) {
  return (
    <bdi className="[overflow-wrap:anywhere]">
      {partsOf(text).map(({ text: piece, mark }, index) =>
        mark === null ? (
          piece
        ) : (
          <span key={index} className="hidden-character" title="A character that cannot be seen">
            {mark}
          </span>
        ),
      )}
    </bdi>
  )
}
