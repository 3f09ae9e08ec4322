import { handleOutside, type Subscription } from '../../../bus/index.ts'
import { SendSms, SmsSent } from '../messages.ts'
import type { SmsGateway } from '../sms-gateway.ts'

/** Hands the text to the provider, with a key by which the provider recognises a repeat. */
export function sendSmsHandler(gateway: SmsGateway): Subscription {
  const options = { timeoutMs: 15_000, retry: { maxAttempts: 8, firstDelayMs: 1_000, factor: 2.5 } }
  return handleOutside(SendSms, options, async function sendSms({ userId, phone, text }, context) {
    const { providerId } = await gateway.send({ to: phone, text }, context.envelope.messageId, context.signal)
    context.publish(SmsSent, { userId })
    return { providerId }
  })
}
