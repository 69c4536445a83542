/** A card for each layer: a map of firing rates with the spikes of a step, and a raster. */
var Layers = (() => {
  const RASTER = { width: 320, height: 96 }
  const MOST_CHANNELS = 64

  /** Red, green and blue of a colour of the page. */
  function rgb(name) {
    const hex = Charts.colour(name)
    return [1, 3, 5].map((at) => parseInt(hex.length === 4 ? hex[(at + 1) / 2].repeat(2) : hex.slice(at, at + 2), 16))
  }

  /** Where neurons lie on a map of some width in pixels: channels as tiles; a dense layer as one tile. */
  class Tiles {
    constructor([channels, height, width], room) {
      const dense = height * width === 1
      this.zoom = dense ? Math.min(12, Math.floor(room / Math.min(channels, 40))) : width * channels > 500 ? 2 : width * channels > 150 ? 3 : 5
      this.columns = dense ? Math.min(channels, 40) : width
      this.rows = dense ? Math.ceil(channels / this.columns) : height
      this.tiles = dense ? 1 : Math.min(channels, MOST_CHANNELS)
      this.across = Math.min(this.tiles, Math.max(1, Math.floor(room / ((this.columns + 1) * this.zoom))))
      this.size = dense ? channels : height * width
      this.shown = this.tiles * this.size
      this.width = this.across * (this.columns + 1) - 1
      this.height = Math.ceil(this.tiles / this.across) * (this.rows + 1) - 1
    }

    place(neuron) {
      const tile = Math.floor(neuron / this.size)
      const i = neuron % this.size
      return [
        (tile % this.across) * (this.columns + 1) + (i % this.columns),
        Math.floor(tile / this.across) * (this.rows + 1) + Math.floor(i / this.columns)
      ]
    }

    /** The neuron at a place; −1 between tiles. */
    neuron(x, y) {
      const [column, row] = [x % (this.columns + 1), y % (this.rows + 1)]
      const tile = Math.floor(y / (this.rows + 1)) * this.across + Math.floor(x / (this.columns + 1))
      const i = row * this.columns + column
      return column === this.columns || row === this.rows || tile >= this.tiles || i >= this.size ? -1 : tile * this.size + i
    }
  }

  class Card {
    constructor(parent, layer, chosen) {
      this.name = layer.name
      this.current = 0
      const card = parent.appendChild(document.createElement('div'))
      card.className = 'layer'
      const title = card.appendChild(document.createElement('h3'))
      title.textContent = layer.name + ' '
      title.appendChild(document.createElement('span')).textContent = layer.shape.filter((n, i) => i === 0 || layer.shape[1] * layer.shape[2] > 1).join(' × ') + ' neurons'
      this.figures = title.appendChild(document.createElement('span'))
      const row = card.appendChild(document.createElement('div'))
      const place = row.appendChild(document.createElement('div'))
      this.map = new Tiles(layer.shape, place.clientWidth || 300)
      if (this.map.tiles > 1 && this.map.tiles < layer.shape[0]) title.append(` · the first ${this.map.tiles} channels`)
      this.rates = place.appendChild(document.createElement('canvas'))
      Object.assign(this.rates, { className: 'map', width: this.map.width, height: this.map.height, tabIndex: 0 })
      this.rates.style.width = this.map.width * this.map.zoom + 'px'
      this.rates.setAttribute('role', 'application')
      this.rates.setAttribute('aria-label', `Firing rates of ${layer.name}. Arrows left and right choose a neuron.`)
      this.raster = row.appendChild(document.createElement('canvas'))
      Object.assign(this.raster, RASTER, { className: 'raster' })
      this.raster.setAttribute('role', 'img')
      this.raster.setAttribute('aria-label', 'Raster of ' + layer.name)
      this.rates.addEventListener('click', (event) => {
        const box = this.rates.getBoundingClientRect()
        const at = (place, from, length, pixels) => Math.min(pixels - 1, Math.floor(((place - from) * pixels) / length))
        const neuron = this.map.neuron(at(event.clientX, box.left, box.width, this.map.width), at(event.clientY, box.top, box.height, this.map.height))
        if (neuron >= 0) chosen(layer.name, neuron)
      })
      this.rates.addEventListener('keydown', (event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
        if (!by) return
        event.preventDefault()
        chosen(layer.name, (this.current + by + this.map.shown) % this.map.shown)
      })
    }

    /** Shows the layer after some steps. */
    show(layer, step, neuron) {
      this.current = neuron ?? this.current
      this.drawMap(layer, step, neuron)
      this.drawRaster(layer, step)
      const spikes = layer.sums.slice(0, step).reduce((a, b) => a + b, 0)
      const neurons = layer.spikes[0].length
      this.figures.textContent = step ? ` · ${Math.round(spikes).toLocaleString('en')} spikes, ${(spikes / neurons / step).toFixed(3)} per neuron and step` : ''
    }

    drawMap(layer, step, neuron) {
      const c = this.rates.getContext('2d')
      const image = c.createImageData(this.map.width, this.map.height)
      const [paper, ink, fire] = ['paper', 'rate', 'fire'].map(rgb)
      for (let i = 0; i < this.map.shown; i++) {
        const rate = step ? Math.sqrt(Math.min(1, layer.counts[step - 1][i] / step)) : 0
        const fires = step > 0 && layer.spikes[step - 1][i] !== 0
        const [x, y] = this.map.place(i)
        const at = 4 * (y * this.map.width + x)
        for (let k = 0; k < 3; k++) image.data[at + k] = fires ? fire[k] : paper[k] + (ink[k] - paper[k]) * rate
        image.data[at + 3] = 255
      }
      c.putImageData(image, 0, 0)
      if (neuron !== undefined && neuron < this.map.shown) {
        c.fillStyle = Charts.colour('text')
        c.fillRect(...this.map.place(neuron), 1, 1)
      }
    }

    /** Neurons from top to bottom, several in a row of pixels; the more of them fire, the darker. */
    drawRaster(layer, step) {
      const c = this.raster.getContext('2d')
      const [steps, neurons] = [layer.spikes.length, layer.spikes[0].length]
      const { width, height } = RASTER
      const rows = Math.min(height, neurons)
      c.clearRect(0, 0, width, height)
      c.fillStyle = Charts.colour('rate')
      for (let t = 0; t < step; t++) {
        const counts = new Float32Array(rows)
        layer.spikes[t].forEach((value, i) => (counts[Math.floor((i * rows) / neurons)] += Math.abs(value)))
        for (let row = 0; row < rows; row++) {
          if (counts[row] === 0) continue
          c.globalAlpha = Math.min(1, 0.25 + (counts[row] * rows) / neurons)
          c.fillRect((t * width) / steps, (row * height) / rows, Math.max(1, width / steps - 1), Math.max(1, height / rows))
        }
      }
      c.globalAlpha = 1
      c.fillStyle = Charts.colour('signal')
      if (step > 0) c.fillRect((step * width) / steps - 2, 0, 2, height)
    }
  }

  return { Card }
})()
