import { Pause, Play, SkipBack, SkipForward } from 'lucide-react'
import { Button } from '../../../web/components/button.tsx'
import { formatMs } from '../../model/durations.ts'
import type { TimeScale } from '../../model/timeline/time-scale.ts'
import { type Player, SPEEDS } from './use-player.ts'

interface Props {
  scale: TimeScale
  time: number | null
  player: Player
  onMove(time: number | null): void
  onStep(direction: 1 | -1): void
}

const FINE = 1_000

/** One playhead for every view: where it is, all of them are. */
export function PlayBar({ scale, time, player, onMove, onStep }: Props) {
  const place = time === null ? 1 : scale.place(time)
  const words = time === null ? 'at the present' : `+${formatMs(time - scale.start)}`
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <div className="flex gap-1">
        <Button
          variant="quiet"
          size="small"
          aria-label="One change back"
          title="One change back ( , )"
          onClick={() => onStep(-1)}
        >
          <SkipBack size={14} aria-hidden="true" />
        </Button>
        <Button
          variant="quiet"
          size="small"
          aria-label={player.isPlaying ? 'Pause' : 'Play'}
          title="Space"
          onClick={player.toggle}
        >
          {player.isPlaying ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />}
        </Button>
        <Button
          variant="quiet"
          size="small"
          aria-label="One change on"
          title="One change on ( . )"
          onClick={() => onStep(1)}
        >
          <SkipForward size={14} aria-hidden="true" />
        </Button>
      </div>
      <input
        type="range"
        aria-label="Playhead"
        aria-valuetext={words}
        min={0}
        max={FINE}
        step={1}
        value={Math.round(place * FINE)}
        onChange={(event) => {
          const share = Number(event.currentTarget.value) / FINE
          onMove(share >= 1 ? null : scale.timeAt(share))
        }}
        className="h-6 min-w-32 flex-1 accent-accent"
      />
      <output className="w-28 font-mono text-xs text-muted">{words}</output>
      <label className="flex items-center gap-1.5 text-xs text-muted">
        Speed
        <select
          value={player.speed}
          onChange={(event) => {
            const speed = SPEEDS.find((each) => each === Number(event.currentTarget.value))
            if (speed) player.setSpeed(speed)
          }}
          className="h-8 rounded-md border border-field bg-raised px-1.5 font-mono text-ink"
        >
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
