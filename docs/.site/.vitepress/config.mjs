import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'
import { writeReference } from '../reference.mjs'

const project = resolve(import.meta.dirname, '../../..')
const sources = 'https://github.com/dl4j-snn/dl4j-snn'

/** The Markdown files for readers: docs, and the READMEs of the project and of the notebooks. */
function isPage(file) {
  return /^(README|docs\/.*|dl4j-snn-examples\/notebooks\/README)\.md$/.test(file)
}

/** What GitHub shows and the site does not have: sources, notebooks, folders, data. */
function isOnlyOnGitHub(file) {
  return existsSync(resolve(project, file)) && !isPage(file) && !/\.(png|svg|jpg)$/.test(file)
}

/** Where a link of a page leads: on the site, folders have an index instead of a README. */
function target(folder, href) {
  const [path, anchor] = href.split('#')
  const file = relative(project, resolve(folder, path))
  if (isOnlyOnGitHub(file)) {
    const kind = statSync(resolve(project, file)).isDirectory() ? 'tree' : 'blob'
    return [`${sources}/${kind}/main/${file}`, anchor].filter(Boolean).join('#')
  }
  return href.replace(/(^|\/)README\.md/, '$1index.md')
}

/** Indented code is shown as fenced code is, in a box that scrolls. */
function boxCode(md) {
  md.core.ruler.push('box-code', (state) => {
    for (const token of state.tokens.filter((block) => block.type === 'code_block')) {
      Object.assign(token, { type: 'fence', tag: 'code', info: 'txt', markup: '```' })
    }
  })
}

/** A part of an equation: letters that stand alone are variables, what follows _ is below the line. */
function formula(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/_([\p{L}\p{N}]+)/gu, '<sub>$1</sub>')
    .replace(/(?<![\p{L}\p{N}<&/.])(?!a\b(?![[₀]))\p{L}(?![\p{L}\p{N}]|\w*>)/gu, '<i>$&</i>')
}

/** Equations of docs/mathematics.md: a table whose columns are what two blanks keep apart. */
function equations(text) {
  const lines = text.trimEnd().split('\n').map((line) => line.split(/(?<=^\([^)]*\)) | {2,}/))
  const width = Math.max(...lines.map((cells) => cells.length))
  const row = (cells) =>
    cells.map((cell, i) => {
      const span = i === cells.length - 1 ? ` colspan="${width - i}"` : ''
      return `<td${span}>${formula(cell)}</td>`
    }).join('')
  return `<table class="equations">${lines.map((cells) => `<tr>${row(cells)}</tr>`).join('')}</table>`
}

function setEquations(md) {
  const boxed = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, options, env, self) =>
    /docs.mathematics\.md$/.test(env.path) && tokens[index].info === 'txt'
      ? equations(tokens[index].content)
      : boxed(tokens, index, options, env, self)
}

const EQUATIONS =
  '.vp-doc .equations { font: 17px "STIX Two Text", "Cambria Math", "Times New Roman", serif; }' +
  '.vp-doc .equations tr, .vp-doc .equations td { border: 0; background: none; padding: 2px 16px 2px 0; }' +
  '.vp-doc .equations td { white-space: pre; vertical-align: baseline; }'

function adaptLinks(md) {
  md.core.ruler.push('adapt-links', (state) => {
    for (const token of state.tokens.flatMap((block) => block.children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null
      if (href !== null && !/^(\w+:|#)/.test(href)) {
        token.attrSet('href', target(dirname(state.env.path), href))
      }
    }
  })
}

/** The anchors that GitHub gives headings, which the pages link to. */
function slugify(heading) {
  return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')
}

/** The tables of docs/README.md, a group for each heading, and the pages of classes. */
function sidebar() {
  const groups = []
  for (const line of readFileSync(resolve(project, 'docs/README.md'), 'utf8').split('\n')) {
    const heading = line.match(/^#+ (.*)/)
    const page = line.match(/^\| \[(.*?)]\((.*?)\.md\)/)
    if (heading) groups.push({ text: heading[1], items: [] })
    if (page) groups.at(-1).items.push({ text: page[1], link: '/docs/' + page[2].replace('README', '') })
  }
  // Written here, before VitePress looks for pages.
  groups.splice(groups.findIndex((group) => group.text === 'Reference') + 1, 0, {
    text: 'Classes',
    items: writeReference(project)
  })
  return groups
}

/** A module of this folder's packages, for pages that lie outside of it. */
function moduleOfThisFolder(name) {
  return fileURLToPath(import.meta.resolve(name))
}

export default defineConfig({
  title: 'dl4j-snn',
  description: 'Spiking neural networks for Deeplearning4j',
  base: process.env.SITE_BASE ?? '/',
  srcDir: project,
  outDir: resolve(project, 'target/site'),
  cacheDir: resolve(project, 'target/site-cache'),
  srcExclude: ['target/!(reference)/**', 'dl4j-snn-examples/target/**', 'dl4j-asf-bp/**', 'dl4j-snn-layers/**', 'dl4j-snn-examples/src/**'],
  rewrites: (page) => page.replace(/README\.md$/, 'index.md').replace(/^target\/(reference\/)/, 'docs/$1'),
  vite: {
    resolve: {
      alias: [
        {
          find: /^vue(\/server-renderer)?$/,
          replacement: 'vue$1',
          customResolver: moduleOfThisFolder
        }
      ]
    }
  },
  markdown: { anchor: { slugify }, config: (md) => md.use(boxCode).use(adaptLinks).use(setEquations) },
  head: [['style', {}, EQUATIONS]],
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Start', link: '/docs/start' },
      { text: 'All pages', link: '/docs/' },
      { text: 'Playground', link: '/playground/index.html', target: '_self' },
      { text: 'Javadoc', link: '/javadoc/index.html', target: '_self' },
      { text: 'GitHub', link: sources }
    ],
    sidebar: sidebar(),
    outline: [2, 3]
  }
})
