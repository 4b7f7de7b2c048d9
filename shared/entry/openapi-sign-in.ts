import type { GenericSchema, ObjectEntries, StrictObjectSchema } from 'valibot'
import { complete, exampleOf } from './examples.ts'
import { forOpenApi, inEnglish, inputSchema, outputSchema } from './json-schema.ts'
import { askedShape, askShape, polledShape, pollShape } from '../domain/operations/sign-in.ts'

interface Door {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly takes: StrictObjectSchema<ObjectEntries, undefined>
  readonly answers: GenericSchema
  readonly parameters?: readonly object[]
}

/** How a browser is let in. */
export const signInPaths = (
  responsesOf: (schema: object, example: unknown) => object,
): Readonly<Record<string, object>> => {
  const post = ({ operationId, summary, description, takes, answers, parameters }: Door): object => {
    const input = inEnglish(complete(inputSchema(takes.entries), {}))
    const output = forOpenApi(complete(outputSchema(answers), {}))
    return {
      post: {
        operationId,
        summary,
        description,
        tags: ['sessions'],
        security: [],
        ...(parameters && { parameters }),
        requestBody: {
          required: true,
          content: { 'application/json': { schema: input, example: exampleOf(input, {}, true) } },
        },
        responses: responsesOf(output, exampleOf(output, {}, true)),
      },
    }
  }
  return {
    '/api/v1/sessions': post({
      operationId: 'askForSession',
      summary: 'A browser asks to be let in',
      description: 'Needs no key. A person scans the code with the admins’ mini program and types the two digits.',
      takes: askShape,
      answers: askedShape,
    }),
    '/api/v1/sessions/{sessionId}': post({
      operationId: 'pollSession',
      summary: 'What the person decided',
      description: 'Needs no key. Asked about once a second; the same answer for the two minutes of the code.',
      takes: pollShape,
      answers: polledShape,
      parameters: [
        {
          name: 'sessionId',
          in: 'path',
          required: true,
          description: 'As it was answered',
          schema: { type: 'string', examples: ['0123456789abcdef0123456789abcdef'] },
        },
      ],
    }),
  }
}
