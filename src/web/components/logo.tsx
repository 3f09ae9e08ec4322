/** A stamped W: the mark of Waybill. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" className="text-accent">
      <rect
        x="2.5"
        y="2.5"
        width="27"
        height="27"
        rx="5"
        stroke="currentColor"
        strokeWidth="2"
        strokeDasharray="3.2 1.6"
      />
      <path
        d="M8 11l3.6 11L16 13l4.4 9L24 11"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
