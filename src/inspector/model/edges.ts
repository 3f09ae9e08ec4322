/** Where an element lies, in pixels from the corner of the figure that it belongs to. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const BEND = 8
const TRUNK = 14

/**
 * The line from one box to another as an SVG path: a curve to what lies to the right, a trunk with a bend to what lies
 * below.
 */
export function pathBetween(from: Box, to: Box): string {
  if (to.left >= from.right) {
    const [x1, y1, x2, y2] = [from.right, middle(from), to.left, middle(to)]
    const half = round((x2 - x1) / 2)
    return `M${round(x1)} ${round(y1)}C${round(x1 + half)} ${round(y1)} ${round(x2 - half)} ${round(y2)} ${round(x2)} ${round(y2)}`
  }
  const trunk = round(from.left + TRUNK)
  if (to.left <= trunk) return `M${trunk} ${round(from.bottom)}V${round(to.top)}`
  const y = round(middle(to))
  return `M${trunk} ${round(from.bottom)}V${y - BEND}Q${trunk} ${y} ${trunk + BEND} ${y}H${round(to.left)}`
}

function middle({ top, bottom }: Box): number {
  return (top + bottom) / 2
}

/** Half a pixel: lines of odd width stay sharp. */
function round(pixels: number): number {
  return Math.round(pixels * 2) / 2
}
