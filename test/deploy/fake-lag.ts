import type { CloudRequest } from './fake-cloud.ts'

type Action = (params: CloudRequest['params']) => object | Promise<object>

/** Where a change is seen, once the cloud has carried it out. */
const seenIn: Readonly<Record<string, string>> = {
  CreateTable: 'ListTables',
  UpdateTable: 'DescribeTable',
  ModifyResourcePermission: 'DescribeResourcePermission',
  CreateHTTPServiceRoute: 'DescribeHTTPServiceRoute',
  ModifyHTTPServiceRoute: 'DescribeHTTPServiceRoute',
}

const busy = {
  Error: { Code: 'FailedOperation.FunctionStatusError', Message: 'the function is Updating, try again later' },
}

/** A cloud that answers a change at once and carries it out later. */
export function createLag() {
  const lastAnswers = new Map<string, object>()
  /** Looks that are left, by reading action, by name of a function, and for the routes themselves. */
  const left = new Map<string, number>()
  const isHidden = (what: string): boolean => {
    const looks = left.get(what) ?? 0
    left.set(what, looks - 1)
    return looks > 0
  }

  return {
    hidesRoutes: () => isHidden('routes'),
    async perform({ action, params }: CloudRequest, run: Action, looks: number): Promise<object> {
      const name = String(params['FunctionName'])
      if (action === 'CreateFunction' || action.startsWith('UpdateFunction')) {
        if ((left.get(name) ?? 0) > 0 && action !== 'CreateFunction') return busy
        const result = await run(params)
        if (!('Error' in result)) left.set(name, looks)
        return result
      }
      if (action === 'GetFunction') {
        const live = await run(params)
        return isHidden(name) && !('Error' in live) ? { ...live, Status: 'Updating' } : live
      }
      const reading = seenIn[action]
      if (reading !== undefined) {
        left.set(reading, looks)
        if (reading === 'DescribeHTTPServiceRoute') left.set('routes', looks)
        return run(params)
      }
      const key = `${action} ${JSON.stringify(params)}`
      const former = lastAnswers.get(key)
      if (isHidden(action) && former !== undefined) return former
      const answer = structuredClone(await run(params))
      lastAnswers.set(key, answer)
      return answer
    },
  }
}
