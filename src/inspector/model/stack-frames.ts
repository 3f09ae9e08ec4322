/** The stack of an error as its reader wants it: their own code first, that of libraries and of Node apart. */

export interface Frame {
  /** As it stands in the stack, without `at`. */
  text: string
  /** Of one's own code: the file from the root of the repository on, and where in it. */
  place: { file: string; line: number; column: number } | null
}

export interface Frames {
  own: Frame[]
  others: Frame[]
}

const FRAME = /^\s*at (.+)$/
const PLACE = /\(?(?:file:\/\/)?([^()\s]+?):(\d+):(\d+)\)?$/

export function framesOf(stack: string): Frames {
  const frames = stack.split('\n').flatMap((line) => {
    const text = FRAME.exec(line)?.[1]
    return text === undefined ? [] : [{ text, place: ownPlaceOf(text) }]
  })
  return { own: frames.filter((each) => each.place), others: frames.filter((each) => !each.place) }
}

function ownPlaceOf(text: string): Frame['place'] {
  const [, path, line, column] = PLACE.exec(text) ?? []
  if (!path || path.includes('node_modules/') || path.startsWith('node:')) return null
  const at = path.lastIndexOf('/src/')
  return at < 0 ? null : { file: path.slice(at + 1), line: Number(line), column: Number(column) }
}

/** Schemes a frame may lead to: a page, or an editor. Others could run something. */
const SCHEMES = /^(https?|vscode|vscode-insiders|cursor|zed|idea|webstorm|subl):\/\//

/** Nothing, or a template that {@link frameAddress} takes. */
export function isFrameLink(template: string): boolean {
  return template === '' || SCHEMES.test(template)
}

/** Where a frame leads by a template such as `vscode://file/home/me/waybill/{file}:{line}`; null without one. */
export function frameAddress(template: string, { file, line, column }: NonNullable<Frame['place']>): string | null {
  if (!SCHEMES.test(template)) return null
  return template.replaceAll('{file}', file).replaceAll('{line}', String(line)).replaceAll('{column}', String(column))
}
