import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Button } from '../../../web/components/button.tsx'
import type { Following } from './use-following.ts'

interface Props {
  news: Following['view']['news']
  newestAt: Following['newestAt']
  onJump(): void
}

/** Where the newest are; at the bottom above what may be marked. */
const PILL_PLACES = { top: 'top-11', bottom: 'bottom-16' }

/** What came while the list holds still. It floats: nothing gives way to it. */
export function NewsPill({ news: { count, failed }, newestAt, onJump }: Props) {
  const Arrow = newestAt === 'top' ? ArrowUp : ArrowDown
  return (
    <div className={clsx('pointer-events-none absolute inset-x-0 z-10 flex justify-center', PILL_PLACES[newestAt])}>
      <Button size="small" onClick={onJump} className="appearing pointer-events-auto rounded-full tabular-nums">
        <Arrow size={14} aria-hidden="true" /> {count.toLocaleString('en')} new
        {failed > 0 && `, ${failed.toLocaleString('en')} failed`}
      </Button>
    </div>
  )
}
