import { CircleCheck, CircleDashed } from 'lucide-react'

/** Whether something was confirmed, in a word beside it. */
export function Standing({ isConfirmed }: { isConfirmed: boolean }) {
  const Icon = isConfirmed ? CircleCheck : CircleDashed
  return (
    <span className="inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-muted">
      <Icon size={15} aria-hidden="true" className={isConfirmed ? 'text-state-succeeded' : 'text-state-retrying'} />
      {isConfirmed ? 'confirmed' : 'not confirmed'}
    </span>
  )
}
