import { Button } from '../../../web/components/button.tsx'
import { TextField } from '../../../web/components/text-field.tsx'

interface Props {
  a: string
  b: string
  /** Why there is nothing to be seen yet. */
  problem: string | null
}

/** Asks for what is to be compared. It works before the page runs: it is a form. */
export function CompareForm({ a, b, problem }: Props) {
  return (
    <div className="room">
      <h1 className="text-2xl font-semibold tracking-tight">Compare</h1>
      <p className="mt-2 max-w-[65ch] text-sm text-muted">
        The ids of two conversations, which are matched by what caused what and by type. “Compare” on the page of a
        conversation fills in the second for you. Or two attempts of one delivery: the delivery’s id, a dot and the
        number, as 01a2…59.1.
      </p>
      <form action="/inspector/compare" className="mt-6 grid max-w-xl gap-4">
        <TextField label="A: how it should be" name="a" defaultValue={a} required autoComplete="off" />
        <TextField label="B: how it is" name="b" defaultValue={b} required autoComplete="off" />
        {problem && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        <div>
          <Button type="submit">Compare</Button>
        </div>
      </form>
    </div>
  )
}
