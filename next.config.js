/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  devIndicators: false,
  // Without these two, `next dev` writes into AGENTS.md and `next build` asks the registry for advisories.
  agentRules: false,
  experimental: { agentUpgrade: false },
  allowedDevOrigins: ['127.0.0.1', 'localhost'],
  // A lockfile further up would otherwise be taken for the root of the project.
  turbopack: { root: import.meta.dirname },
  // No picture here needs to be made smaller: one less thing that fetches what an address tells it to.
  images: { unoptimized: true },
}
