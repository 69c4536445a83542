/**
 * The engine of dl4j-snn for a page: `const snn = await Snn.load()`, then `snn.model(bytes)` of a compact model
 * file (.snn), `model.run(features)`, or `model.stepByStep(features)` to look inside. Features are numbers in array
 * order: [channels, height, width], for frames [channels, T, height, width]. dl4j-snn and, before these lines, the
 * loader and class library of TeaVM (https://teavm.org): Apache License, version 2.0.
 */
var Snn = (() => {
  const engine = '@engine@'

  /** A module with a structure: valid where there is garbage collection. */
  const STRUCTURE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 3, 1, 95, 0)

  /** Bytes of text in base 64. */
  function bytes(text) {
    return Int8Array.from(atob(text), (sign) => sign.charCodeAt(0))
  }

  /** Bytes that were compressed by gzip, of text in base 64. */
  async function unpacked(text) {
    const stream = new Blob([bytes(text)]).stream().pipeThrough(new DecompressionStream('gzip'))
    return new Int8Array(await new Response(stream).arrayBuffer())
  }

  async function load() {
    if (!WebAssembly.validate(STRUCTURE)) {
      throw new Error('This browser cannot run the engine, which needs WebAssembly with garbage collection: Chrome 119, Firefox 120, Safari 18.2 or later')
    }
    const { exports } = await TeaVM.wasmGC.load(await unpacked(engine), {})
    return { model: (file) => exports.model(file instanceof Int8Array ? file : new Int8Array(file)) }
  }

  return { load, bytes, unpacked }
})()
