import { Fragment } from 'react'

interface Props {
  name: string
  /** It is cut where there is no room for it: then it must not break first, which `wbr` does even where nothing may. */
  isCut?: boolean
}

/** The name of a message or handler: its module dimmed, and breaks only where a reader would break it. */
export function DottedName({ name, isCut = false }: Props) {
  const dot = name.indexOf('.') + 1
  return (
    <>
      <span className="module-name font-normal text-muted">
        {isCut ? name.slice(0, dot) : <Breakable text={name.slice(0, dot)} />}
      </span>
      {isCut ? name.slice(dot) : <Breakable text={name.slice(dot)} />}
    </>
  )
}

function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[.-])/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ))
}
