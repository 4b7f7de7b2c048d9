import { parse, type ArrowFunctionExpression, type VariableDeclarator } from 'acorn'

/** Reading a script takes as long as making it; most hold no such module. */
const mayHoldModule = /=[\w$]+\((?:\([\w$,]*\)|[\w$]+)=>\{/

/**
 * Lets V8 compile the modules of CommonJS packages, which run as their file is loaded, when it first meets them: that is what it does with a
 * `function` in parentheses (https://v8.dev/blog/preparser#pife). Otherwise it reads through each, and once more with all functions in it when
 * it is called, which takes a tenth of what a bare `node` takes to start on Node 22 and 24, a twentieth on 20.
 *
 * @param code of a script that esbuild wrote: a module is the arrow function in `var name = commonJs((exports, module) => { … })`
 */
export function compileAtOnce(code: string): string {
  if (!mayHoldModule.test(code)) return code
  const { body } = parse(code, { ecmaVersion: 2023 })
  const modules = body.flatMap((statement) =>
    statement.type === 'VariableDeclaration' ? statement.declarations.flatMap(moduleIn) : [],
  )
  // From the end, so that what is before keeps its place.
  return modules.reduceRight((whole, { start, end, params, body: block }) => {
    const names = params.map((param) => code.slice(param.start, param.end))
    return `${whole.slice(0, start)}(function(${names.join()})${code.slice(block.start, end)})${whole.slice(end)}`
  }, code)
}

function moduleIn({ init }: VariableDeclarator): readonly ArrowFunctionExpression[] {
  if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.arguments.length !== 1) return []
  return init.arguments.flatMap((argument) =>
    argument.type === 'ArrowFunctionExpression' && argument.body.type === 'BlockStatement' && !argument.async
      ? [argument]
      : [],
  )
}
