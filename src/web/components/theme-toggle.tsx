'use client'
import { Moon, Sun } from 'lucide-react'
import { currentTheme, setTheme } from '../theme.ts'

export function ThemeToggle() {
  return (
    <button
      type="button"
      onClick={() => setTheme(currentTheme() === 'dark' ? 'light' : 'dark')}
      aria-label="Switch between light and dark"
      className="inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-tint hover:text-ink"
    >
      <Sun size={17} aria-hidden="true" className="hidden [[data-theme=dark]_&]:block" />
      <Moon size={17} aria-hidden="true" className="block [[data-theme=dark]_&]:hidden" />
    </button>
  )
}
