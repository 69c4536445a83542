/**
 * Writes a page for each role that classes play in a network, with what users set, from the Javadoc
 * that `mvn javadoc:aggregate` made: target/reference, which is part of the site alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'

const conf = 'org/dl4jsnn/conf/'
const neurons = 'org/dl4jsnn/neuron/'
const encode = 'org/dl4jsnn/encode/'
const gradient = 'org/dl4jsnn/gradient/'

/** Pages of the site; their classes are found in the Javadoc. */
const roles = [
  {
    name: 'layers',
    title: 'Layers',
    text: 'Layers and vertices of configurations. Builders also have what Deeplearning4j sets, such as `nOut`.',
    classes: (api) => api.under(conf).filter((page) => api.isLayer(page) && !page.endsWith('SpikeEncoding')),
    more: [`${conf}SpikingLayerBuilder`, `${conf}WeightedLayerBuilder`]
  },
  {
    name: 'neurons',
    title: 'Neurons',
    text: 'Neurons of spiking layers, for `neuron(…)` of their builders, and what a spike resets.',
    classes: (api) => api.implementing(`${neurons}NeuronDynamics`),
    more: [`${neurons}Reset`]
  },
  {
    name: 'encoders',
    title: 'Encoders',
    text: 'How features become spikes: the first layer of a network, and what it encodes by.',
    classes: (api) => [`${conf}SpikeEncoding`, `${encode}SpikeEncoder`, ...api.implementing(`${encode}SpikeEncoder`)],
    more: [`${encode}TuningCurves`]
  },
  {
    name: 'gradient-rules',
    title: 'Gradient rules',
    text: 'How weights learn, and the parts of the rules.',
    classes: (api) => api.implementing(`${gradient}BackpropRule`),
    more: ['BackpropRules', 'surrogate/Surrogate'].map((name) => gradient + name)
  }
]

/** All groups of a pattern in a text, one array for each place. */
function all(text, pattern) {
  return [...text.matchAll(pattern)].map((found) => found.slice(1))
}

function plain(html) {
  const signs = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#8203': '' }
  return html.replace(/<[^>]*>/g, '').replace(/&(#?\w+);/g, (sign, name) => signs[name] ?? sign).trim()
}

/** Pages of the Javadoc, by path without ending. */
class Javadoc {
  constructor(folder) {
    if (!existsSync(folder)) {
      throw new Error(`${folder} is not there: write the Javadoc first, see docs/contributing.md, "The site"`)
    }
    this.folder = folder
    const row = /<a href="(org\/[^"]*)\.html"[^>]*>[^<]*<\/a>.*?<\/div>\s*<div class="col-last[^>]*>\s*(?:<div class="block">(.*?)<\/div>)?/gs
    const rows = all(this.read('allclasses-index'), row)
    this.sentences = new Map(rows.map(([page, text]) => [page, this.linked(text ?? '', 'allclasses-index')]))
  }

  read(page) {
    return readFileSync(resolve(this.folder, page + '.html'), 'utf8')
  }

  under(folder) {
    return [...this.sentences.keys()].filter((page) => posix.dirname(page) + '/' === folder)
  }

  isLayer(page) {
    const html = this.read(page)
    const tree = html.slice(html.indexOf('class="inheritance"'), html.indexOf('<section class="class-description"'))
    const isConcrete = !/class="modifiers">[^<]*\babstract\b/.test(html)
    return isConcrete && !page.endsWith('.Builder') && /conf\.(layers\.Layer|graph\.GraphVertex)\b(?!\.)/.test(tree)
  }

  implementing(page) {
    const list = this.read(page).match(/All Known Implementing Classes:<\/dt>\s*<dd>(.*?)<\/dd>/s)[1]
    return all(list, /href="([^"]*)\.html"/g).map(([href]) => posix.join(posix.dirname(page), href))
  }

  /** HTML of a page, with links that lead from the site's pages to the Javadoc. */
  linked(html, page) {
    const text = html.replace(/\s*\n\s*/g, ' ').replace(/\bdocs\/([\w-]+)\.md/g, '<a href="../$1.html">$&</a>')
    return text.replace(/<a href="(?!https?:|\.\.\/[\w-]+\.html">docs)([^"#]*)([^"]*)"[^>]*>/g, (_, path, anchor) => {
      const target = path ? posix.join(posix.dirname(page), path) : page + '.html'
      return `<a href="../../javadoc/${target}${anchor}" target="_self">`
    })
  }

  /** Rows of a table: record components, constructors, and methods that users set something by. */
  options(page) {
    const html = this.read(page)
    const self = page.split('/').at(-1)
    const components = html.match(/<dt>Record Components:<\/dt>\s*(.*?)<\/dl>/s)?.[1] ?? ''
    const rows = all(components.replace(/<\/?span[^>]*>/g, ''), /<dd>(<code>.*?<\/code>) - (.*?)<\/dd>/gs)
    const text = /\s*<div class="col-last[^>]*>\s*(?:<div class="block">(.*?)<\/div>)?/.source
    rows.push(...all(html, new RegExp(`<div class="col-constructor-name[^>]*>(<code>.*?</code>)</div>${text}`, 'gs')))
    const method = `<div class="col-first[^>]*><code>((?:(?!</code>).)*)</code></div>\\s*<div class="col-second[^>]*method-summary-table[^>]*>(<code>.*?</code>)</div>${text}`
    for (const [type, signature, sentence] of all(html, new RegExp(method, 'gs'))) {
      const result = plain(type).replace(/<.*/, '')
      if (result.startsWith('static ') || result === self || result === 'T') rows.push([signature, sentence])
    }
    return rows.map(([signature, sentence]) => [
      this.linked(signature, page).replace(/>[^<]*/g, (shown) => shown.replace(/\b(?:[a-z]\w*\.)+(?=[A-Z])/g, '')),
      this.linked(sentence ?? '', page)
    ])
  }
}

function table(rows) {
  const lines = rows.map(([name, text]) => `<tr><td>${name}</td><td>${text}</td></tr>`)
  return lines.length === 0 ? '' : `<table v-pre><tbody>\n${lines.join('\n')}\n</tbody></table>`
}

function section(api, page) {
  const description = api.read(page).match(/id="class-description">.*?<\/section>/s)[0]
  const example = description.match(/<pre><code>\s*?\n(.*?)<\/code><\/pre>/s)?.[1]
  const builder = page + '.Builder'
  const hasBuilder = api.sentences.has(builder)
  const common = ['WeightedLayerBuilder', 'SpikingLayerBuilder'].filter(
    (name) => hasBuilder && api.read(builder).includes(`methods-inherited-from-class-org.dl4jsnn.conf.${name}"`)
  )
  return [
    `## ${page.split('/').at(-1)}`,
    `<p v-pre>${api.sentences.get(page)} <a href="../../javadoc/${page}.html" target="_self">Javadoc</a></p>`,
    example ? '```java\n' + plain(example.replace(/^ /gm, '')) + '\n```' : '',
    table([...api.options(page), ...(hasBuilder ? api.options(builder) : [])]),
    common.map((name) => `[What ${name} sets](#${name.toLowerCase()})`).join(', ')
  ].filter(Boolean).join('\n\n')
}

/** Writes the pages, and returns their entries of the menu. */
export function writeReference(project) {
  const api = new Javadoc(resolve(project, 'target/reports/apidocs'))
  const folder = resolve(project, 'target/reference')
  mkdirSync(folder, { recursive: true })
  return roles.map((role) => {
    const classes = [...role.classes(api), ...role.more]
    const sections = classes.map((page) => section(api, page))
    writeFileSync(resolve(folder, role.name + '.md'), `# ${role.title}\n\n${role.text}\n\n${sections.join('\n\n')}\n`)
    return { text: role.title, link: '/docs/reference/' + role.name }
  })
}
