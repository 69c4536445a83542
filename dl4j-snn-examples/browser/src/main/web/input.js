/** What the network sees: digits that are drawn or chosen, and recordings of an event camera. */
var Input = (() => {
  const PAD = 280
  const SIDE = 28
  const BOX = 20 // a digit's longer side, of MNIST's 28 pixels
  const STEP = 10 // of the pen, moved by keys

  /** Random numbers in [0, 1) that depend on the seed alone. */
  function random(seed) {
    return () => {
      seed = (seed + 0x6d2b79f5) | 0
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
  }

  /** A canvas that is not on the page. */
  function plain(width, height) {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    return canvas
  }

  /** A small canvas with grey pixels of bytes. */
  function canvasOf(bytes, height, width) {
    const canvas = plain(width, height)
    const context = canvas.getContext('2d')
    const image = context.createImageData(width, height)
    for (let i = 0; i < height * width; i++) {
      image.data.set([bytes[i], bytes[i], bytes[i], 255], 4 * i)
    }
    context.putImageData(image, 0, 0)
    return canvas
  }

  /** Strokes of light on dark, or a test digit, which the first stroke clears. */
  class Drawing {
    constructor(pad, changed) {
      this.pad = pad
      this.changed = changed
      this.enabled = true
      this.image = plain(PAD, PAD)
      this.context = this.image.getContext('2d', { willReadFrequently: true })
      pad.addEventListener('pointerdown', (event) => this.begin(event))
      pad.addEventListener('pointermove', (event) => this.move(event))
      for (const end of ['pointerup', 'pointercancel']) {
        pad.addEventListener(end, (event) => {
          if (event.pointerId === this.pointer) this.pointer = null
        })
      }
      pad.addEventListener('keydown', (event) => this.key(event))
      this.wipe()
    }

    place(event) {
      const box = this.pad.getBoundingClientRect()
      return { x: ((event.clientX - box.left) * PAD) / box.width, y: ((event.clientY - box.top) * PAD) / box.height }
    }

    begin(event) {
      if (!this.enabled || !event.isPrimary || event.button !== 0) return
      this.pad.setPointerCapture(event.pointerId)
      this.pointer = event.pointerId
      this.pen.seen = false
      this.last = this.place(event)
      this.line(this.last, this.last)
    }

    move(event) {
      if (event.pointerId !== this.pointer) return
      const next = this.place(event)
      this.line(this.last, next)
      this.last = next
    }

    /** Arrows move the pen, space puts it down or lifts it. */
    key(event) {
      if (!this.enabled) return
      const by = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key]
      const isClear = event.key === 'Delete' || event.key === 'Backspace'
      if (!by && !isClear && event.key !== ' ') return
      event.preventDefault()
      if (isClear) return this.clear()
      const before = { ...this.pen }
      if (by) {
        this.pen.x = Math.min(PAD - STEP, Math.max(STEP, this.pen.x + by[0]))
        this.pen.y = Math.min(PAD - STEP, Math.max(STEP, this.pen.y + by[1]))
      } else {
        this.pen.down = !this.pen.down
      }
      this.pen.seen = true
      if (this.pen.down) this.line(before, this.pen)
      else this.changed()
    }

    line(from, to) {
      if (this.sample) this.wipe(this.pen)
      const c = this.context
      Object.assign(c, { strokeStyle: '#fff', lineWidth: 20, lineCap: 'round', lineJoin: 'round' })
      c.beginPath()
      c.moveTo(from.x, from.y)
      c.lineTo(to.x + 0.01, to.y)
      c.stroke()
      this.changed()
    }

    wipe(pen = { x: PAD / 2, y: PAD / 2, down: false, seen: false }) {
      this.pen = pen
      this.sample = null
      this.context.fillStyle = '#000'
      this.context.fillRect(0, 0, PAD, PAD)
    }

    clear() {
      this.wipe({ x: PAD / 2, y: PAD / 2, down: false, seen: this.pen.seen })
      this.changed()
    }

    /** Shows a test digit: its label and 28 × 28 bytes. */
    put(label, bytes) {
      this.wipe()
      this.sample = { label, bytes }
      this.context.imageSmoothingEnabled = false
      this.context.drawImage(canvasOf(bytes, SIDE, SIDE), 0, 0, PAD, PAD)
      this.changed()
    }

    /** Pixels in [0, 1] as MNIST has them: 20 along the longer side, the centre of mass in the middle. */
    pixels(height, width) {
      if (this.sample && height === SIDE && width === SIDE) return Float32Array.from(this.sample.bytes, (value) => value / 255)
      const data = this.context.getImageData(0, 0, PAD, PAD).data
      let [top, left, bottom, right, mass, x0, y0] = [PAD, PAD, -1, -1, 0, 0, 0]
      for (let y = 0; y < PAD; y++) {
        for (let x = 0; x < PAD; x++) {
          const ink = data[4 * (y * PAD + x)]
          if (ink === 0) continue
          mass += ink
          x0 += ink * (x + 0.5)
          y0 += ink * (y + 0.5)
          if (ink > 50) [top, left, bottom, right] = [Math.min(top, y), Math.min(left, x), Math.max(bottom, y), Math.max(right, x)]
        }
      }
      const pixels = new Float32Array(height * width)
      if (bottom < 0) return pixels
      const scale = ((BOX / SIDE) * Math.min(height, width)) / Math.max(bottom - top + 1, right - left + 1)
      const c = plain(width, height).getContext('2d', { willReadFrequently: true })
      c.fillStyle = '#000'
      c.fillRect(0, 0, width, height)
      c.imageSmoothingQuality = 'high'
      // Whole pixels, as MNIST was centred.
      const [dx, dy] = [Math.round(width / 2 - (x0 / mass) * scale), Math.round(height / 2 - (y0 / mass) * scale)]
      c.drawImage(this.image, dx, dy, PAD * scale, PAD * scale)
      const shown = c.getImageData(0, 0, width, height).data
      for (let i = 0; i < pixels.length; i++) pixels[i] = shown[4 * i] / 255
      return pixels
    }
  }

  /** Pixels with noise: each moves by a random number up to the given strength. */
  function noisy(pixels, strength, seed) {
    const draw = random(seed)
    return pixels.map((value) => Math.min(1, Math.max(0, value + strength * (2 * draw() - 1))))
  }

  /** Events of a recording in N-MNIST's format: 40 bits each, x, y, polarity and microseconds. */
  function events(bytes) {
    const list = []
    for (let at = 0; at + 5 <= bytes.length; at += 5) {
      const [x, y, a, b, c] = bytes.subarray(at, at + 5)
      list.push({ x: x & 255, y: y & 255, on: (a & 128) !== 0, t: ((a & 127) << 16) | ((b & 255) << 8) | (c & 255) })
    }
    return list
  }

  /** Further events at random places and times, as a share of those of the recording. */
  function noisyEvents(list, strength, side, seed) {
    const draw = random(seed)
    const [start, end] = [list[0].t, list[list.length - 1].t]
    const more = Array.from({ length: Math.round(strength * list.length) }, () => ({
      x: Math.floor(draw() * side), y: Math.floor(draw() * side), on: draw() < 0.5, t: start + Math.floor(draw() * (end - start + 1))
    }))
    return [...list, ...more].sort((one, other) => one.t - other.t)
  }

  /** Numbers of OFF and ON events in T parts of equal duration: [2, T, side, side]. */
  function frames(list, steps, side) {
    const features = new Float32Array(2 * steps * side * side)
    const start = list[0].t
    const length = list[list.length - 1].t + 1 - start
    for (const { x, y, on, t } of list) {
      const step = Math.floor((steps * (t - start)) / length)
      features[(((on ? 1 : 0) * steps + step) * side + y) * side + x]++
    }
    return features
  }

  return { Drawing, canvasOf, noisy, events, noisyEvents, frames, PAD, SIDE }
})()
