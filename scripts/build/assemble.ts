import { brotliCompressSync, constants } from 'node:zlib'

export interface Part {
  /** As the other parts require it. */
  readonly name: string
  /** CommonJS. */
  readonly code: string
  readonly map: string
  /** Runs when the function starts; other parts when they are required. */
  readonly atStart: boolean
}

/**
 * Runs the parts. While one is evaluated, `FormData` is away: axios asks for this property of Node's as it loads, which would load
 * undici (14 ms).
 */
const runtime = `const loaded={};
const evaluate=work=>{const formData=Object.getOwnPropertyDescriptor(globalThis,"FormData");if(!formData)return work();delete globalThis.FormData;try{return work()}finally{Object.defineProperty(globalThis,"FormData",formData)}};
const unpack=name=>require("vm").compileFunction(require("zlib").brotliDecompressSync(Buffer.from(packed[name],"base64")).toString(),["module","exports","require"],{filename:__dirname+name.slice(1)});
const load=name=>{if(loaded[name])return loaded[name].exports;const run=parts[name]??(packed[name]&&unpack(name));if(!run)return require(name);const module=loaded[name]={exports:{}};try{evaluate(()=>run(module,module.exports,load))}catch(error){delete loaded[name];throw error}return module.exports};
module.exports=load("./index.js");
`

/** One CommonJS file that holds them all and exports what `./index.js` does. */
export const assemble = (parts: readonly Part[]): { code: string; map: string } => {
  const sections: object[] = []
  let code = '"use strict";\nconst parts={\n'
  for (const { name, code: body, map } of parts.filter(({ atStart }) => atStart)) {
    // The parentheses make V8 compile the function at once: it runs, and would be read twice.
    code += `${JSON.stringify(name)}:(function(module,exports,require){\n`
    sections.push({ offset: { line: code.split('\n').length - 1, column: 0 }, map: JSON.parse(map) })
    code += `${body}}),\n`
  }
  code += '};\nconst packed={\n'
  for (const { name, code: body } of parts.filter(({ atStart }) => !atStart))
    code += `${JSON.stringify(name)}:"${pack(`"use strict";${body}`)}",\n`
  code += `};\n${runtime}`
  return { code, map: JSON.stringify({ version: 3, sections }) }
}

const pack = (code: string): string =>
  brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).toString('base64')
