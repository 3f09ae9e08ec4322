import type { AlertState } from '../../model/alerts.ts'

interface Look {
  shape: string
  border: string
  colour: string
}

const CALM = 'border-line bg-raised text-muted'
const WARNING = { border: 'border-state-retrying bg-raised', colour: 'text-state-retrying' }

/** What an alert looks like: a shape of its own for each state, and a colour for how urgent it is. */
export const ALERT_LOOKS: Record<AlertState | 'not known', Look> = {
  raised: { shape: '▲', ...WARNING },
  elevated: {
    shape: '▲▲',
    border: 'border-danger bg-[color-mix(in_srgb,var(--danger)_10%,var(--raised))]',
    colour: 'text-danger',
  },
  reduced: { shape: '▽', ...WARNING },
  resolved: { shape: '✓', border: CALM, colour: '' },
  cleared: { shape: '◇', border: CALM, colour: '' },
  'not known': { shape: '?', border: CALM, colour: '' },
}
