// Points as JSON on stdin, one small chart for each figure as SVG on stdout.
import { text } from 'node:stream/consumers'
import * as vega from 'vega'
import { compile } from 'vega-lite'

const { spec } = compile({
  data: { values: JSON.parse(await text(process.stdin)) },
  facet: { field: 'figure', type: 'nominal', columns: 2, title: null, sort: null },
  columns: 2,
  resolve: { scale: { y: 'independent' } },
  spec: {
    width: 300,
    height: 140,
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'authorizers', type: 'quantitative', scale: { type: 'log' }, axis: { format: '~s' } },
      y: { field: 'value', type: 'quantitative', title: null, scale: { zero: true } },
    },
  },
  config: { background: 'white', font: 'sans-serif' },
})
process.stdout.write(await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG())
