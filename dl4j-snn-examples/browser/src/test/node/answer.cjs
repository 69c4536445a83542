/** Answers samples with the engine: `node answer.cjs PLAYGROUND MODEL SAMPLES RECORDINGS`, lines as SameSpikesTest writes them. */
const { readFileSync } = require('node:fs')
const { createHash } = require('node:crypto')
const { runInThisContext } = require('node:vm')

const [playground, model, samples, recordings] = process.argv.slice(2)
for (const script of ['snn.js', 'input.js']) runInThisContext(readFileSync(`${playground}/${script}`, 'utf8'))

/** Amplitudes of all steps, in single precision. */
function digest(values) {
  return createHash('sha256').update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)).digest('hex')
}

function line(answer) {
  const layers = answer.layers().map((layer) => digest(answer.spikes(layer)))
  return [answer.decision(), answer.steps(), ...layers].join(' ')
}

/** Step by step, the same spikes. */
function stepped(network, features) {
  const run = network.stepByStep(features)
  const spikes = new Map()
  let steps = 0
  for (; run.next(); steps++) {
    for (const layer of run.layers()) {
      if (!spikes.has(layer)) spikes.set(layer, [])
      spikes.get(layer).push(...run.spikes(layer))
    }
  }
  const layers = [...spikes.values()].map((values) => digest(Float32Array.from(values)))
  return [run.decision(), steps, ...layers].join(' ')
}

Snn.load().then((snn) => {
  const network = snn.model(readFileSync(model))
  const bytes = readFileSync(samples)
  const length = bytes.readInt32LE(0)
  const lines = []
  for (let at = 4; at < bytes.length; at += 4 * length) {
    const features = new Float32Array(length)
    features.forEach((_, i) => (features[i] = bytes.readFloatLE(at + 4 * i)))
    lines.push(line(network.run(features)))
    if (lines.length <= 20) lines.push(stepped(network, features))
  }
  // The page's own frames of recordings: their digests.
  for (const file of recordings ? recordings.split(',') : []) {
    const [side, steps] = [network.input()[1], 10]
    lines.push(digest(Input.frames(Input.events(new Int8Array(readFileSync(file))), steps, side)))
  }
  console.log(lines.join('\n'))
})
