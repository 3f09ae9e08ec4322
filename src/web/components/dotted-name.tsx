import { Fragment } from 'react'

/** The name of a message or handler: its module dimmed, and breaks only where a reader would break it. */
export function DottedName({ name }: { name: string }) {
  const dot = name.indexOf('.') + 1
  return (
    <>
      <span className="module-name font-normal text-muted">
        <Breakable text={name.slice(0, dot)} />
      </span>
      <Breakable text={name.slice(dot)} />
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
