import { Button } from '../../../web/components/button.tsx'
import { Moment } from '../../../web/components/moment.tsx'
import type { Older } from './use-older.ts'

interface Props {
  older: Older
  isFiltered: boolean
}

/** How far back the live list looked, and the way further back. */
export function FurtherBack({ older, isFiltered }: Props) {
  const { state, load, stop } = older
  return (
    <>
      {state === 'all' ? (
        <span>That was the first message.</span>
      ) : (
        <Button variant="quiet" size="small" pending={state === 'loading'} onClick={load}>
          {isFiltered ? 'Look further back' : 'Load older messages'}
        </Button>
      )}
      {isFiltered && state === 'loading' && (
        <Button variant="quiet" size="small" onClick={stop}>
          Stop
        </Button>
      )}
      {isFiltered && older.looked > 0 && <Looked older={older} />}
      {state === 'failed' && <span className="text-danger">They could not be loaded. Try again.</span>}
    </>
  )
}

function Looked({ older: { looked, lookedTo, state } }: { older: Older }) {
  return (
    <span>
      {state === 'loading' ? 'Looking' : 'Looked'} through {looked.toLocaleString('en')} messages
      {lookedTo && (
        <>
          , back to <Moment iso={lookedTo} to="seconds" />
        </>
      )}
    </span>
  )
}
