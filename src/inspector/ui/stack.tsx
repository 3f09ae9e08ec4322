'use client'
import { ForeignText } from '../../web/components/foreign-text.tsx'
import { useTaste } from '../../web/taste.ts'
import { type Frame, frameAddress, framesOf } from '../model/stack-frames.ts'

const BOX = 'mt-1 max-h-64 overflow-auto rounded bg-tint p-3 font-mono text-xs'

/** Where an error came from: the frames of this repository, each a way into an editor; the others folded away. */
export function Stack({ stack }: { stack: string }) {
  const { own, others } = framesOf(stack)
  return (
    <div className="grid gap-1">
      {own.length > 0 && (
        <ol aria-label="Frames of this repository" tabIndex={0} className={BOX}>
          {own.map((frame, index) => (
            <li key={index} className="whitespace-pre">
              <FrameLine frame={frame} />
            </li>
          ))}
        </ol>
      )}
      <details>
        <summary className="w-fit cursor-pointer text-xs text-muted hover:text-ink">
          {own.length === 0 ? 'Stack' : `All of it, with ${others.length} of libraries and of Node`}
        </summary>
        <pre tabIndex={0} className={BOX}>
          <ForeignText text={stack} />
        </pre>
      </details>
    </div>
  )
}

function FrameLine({ frame: { text, place } }: { frame: Frame }) {
  const { frameLink } = useTaste()
  const address = place && frameAddress(frameLink, place)
  const name = / \(/.test(text) ? text.slice(0, text.lastIndexOf(' (')) : ''
  const where = place && `${place.file}:${place.line}`
  return (
    <>
      {address ? (
        <a href={address} className="text-accent underline underline-offset-4">
          {where}
        </a>
      ) : (
        where
      )}
      {name && <span className="text-muted"> {name}</span>}
    </>
  )
}
