const signatureHeader = (name: string, description: string, example: string): object => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string', examples: [example] },
  description,
})

export const deliveredEvent = {
  operationId: 'receiveEvent',
  summary: 'An event, delivered to the url of a subscription and signed as Standard Webhooks describes',
  description: 'Answer 2xx within 8 s; anything else, or nothing, and it is sent again.',
  tags: ['events'],
  security: [],
  parameters: [
    signatureHeader('webhook-id', 'Names the event: an id that was seen before is a repetition', 'msg_a1b2c3'),
    signatureHeader('webhook-timestamp', 'Unix seconds of this attempt', '1800000000'),
    signatureHeader(
      'webhook-signature',
      'v1,<base64>; two, separated by a space, for a day after a rotation',
      'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    ),
  ],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } },
  },
  responses: { 204: { description: 'Taken' } },
}
