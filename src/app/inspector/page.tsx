import { redirect } from 'next/navigation'

export default function InspectorPage() {
  redirect('/inspector/live')
}
