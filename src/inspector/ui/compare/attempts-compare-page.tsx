import { Link } from '../../../web/components/link.tsx'
import { attemptPath } from '../../model/message-address.ts'
import type { PlacedAttempt } from '../../model/view.ts'
import { AttemptsSideBySide } from '../attempts-side-by-side.tsx'

/** Two attempts, of one delivery or of two. */
export function AttemptsComparePage({ a, b }: { a: PlacedAttempt; b: PlacedAttempt }) {
  const both = [a, b]
  return (
    <div className="room">
      <h1 className="mb-5 text-2xl font-semibold tracking-tight">Compare two attempts</h1>
      <AttemptsSideBySide
        attempts={both.map((each) => each.attempt)}
        titles={both.map(({ attempt, messageId, deliveryId, subscription }, index) => (
          <Link
            key={index}
            href={attemptPath({ messageId, deliveryId, number: attempt.number })}
            className="underline underline-offset-4"
          >
            {subscription}, attempt {attempt.number}
          </Link>
        ))}
      />
      <div className="mt-6 grid gap-6 lg:grid-cols-2">
        {both.map(({ attempt: { error, number } }, index) => (
          <section key={index} aria-label={`Stack of ${index === 0 ? 'A' : 'B'}`} className="min-w-0">
            <h2 className="mb-2 text-sm font-semibold">
              {index === 0 ? 'A' : 'B'}, attempt {number}
            </h2>
            <pre
              tabIndex={0}
              className="max-h-[32rem] overflow-auto rounded-md border border-line bg-raised p-4 text-xs"
            >
              {error?.stack ?? 'It left no stack.'}
            </pre>
          </section>
        ))}
      </div>
    </div>
  )
}
