'use client'
import { Moon, Sun } from 'lucide-react'

export function ThemeToggle() {
  const toggle = () => {
    const { dataset } = document.documentElement
    dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark'
    try {
      localStorage.setItem('theme', dataset.theme)
    } catch {
      // A browser that keeps nothing: the choice holds for this page.
    }
  }
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Switch between light and dark"
      className="inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-tint hover:text-ink"
    >
      <Sun size={17} aria-hidden="true" className="hidden [[data-theme=dark]_&]:block" />
      <Moon size={17} aria-hidden="true" className="block [[data-theme=dark]_&]:hidden" />
    </button>
  )
}
