/** Tells a command from an event by shape: a tab that points at its one handler, or waves that spread. */
export function KindMark({ kind }: { kind: 'command' | 'event' }) {
  return (
    <svg
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      role="img"
      aria-label={kind}
      className="shrink-0 text-muted"
    >
      {kind === 'command' ? (
        <path d="M1.5 3h7l4 4-4 4h-7z" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" />
      ) : (
        <>
          <circle cx="4" cy="7" r="1.6" fill="currentColor" />
          <path
            d="M7.2 3.8a4.5 4.5 0 0 1 0 6.4M9.8 1.8a7.4 7.4 0 0 1 0 10.4"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinecap="round"
            strokeDasharray="2.2 1.6"
          />
        </>
      )}
    </svg>
  )
}
