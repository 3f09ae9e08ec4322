import { handleOutside, type Subscription } from '../../../bus/index.ts'
import { CODE_PLACE } from '../letters/text-messages.ts'
import { SendSms, SmsRejected, SmsSent } from '../messages.ts'
import type { SmsGateway } from '../sms-gateway.ts'

/** Hands the text to the provider. Where an answer was lost it is asked first whether it has the text already. */
export function sendSmsHandler(gateway: SmsGateway): Subscription {
  const options = { timeoutMs: 25_000, retry: { maxAttempts: 8, firstDelayMs: 1_000, factor: 2.5 } }
  return handleOutside(SendSms, options, async function sendSms({ userId, phone, text, code, kind }, context) {
    const { envelope, attempt, signal, publish } = context
    const sms = { to: phone, text: code === undefined ? text : text.replaceAll(CODE_PLACE, code) }
    const repeatSince = attempt > 1 ? new Date(envelope.occurredAt) : null
    const reply = await gateway.send(sms, { key: envelope.messageId, repeatSince, signal })
    const about = { userId, ...(kind && { kind }) }
    if (reply.outcome === 'sent') publish(SmsSent, about)
    else publish(SmsRejected, { ...about, phone, answer: reply.answer })
    return reply
  })
}
