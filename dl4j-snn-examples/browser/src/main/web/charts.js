/** Outputs, leads and the membrane potential, each drawn on a canvas in the colours of the page. */
var Charts = (() => {
  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()
  }

  function cleared(canvas) {
    const c = canvas.getContext('2d')
    c.clearRect(0, 0, canvas.width, canvas.height)
    c.font = '18px system-ui, sans-serif'
    c.textAlign = 'center'
    c.textBaseline = 'middle'
    return c
  }

  /** Bars from 0 to the largest output, the decided class in the signal colour. */
  function outputs(canvas, values, decision) {
    const c = cleared(canvas)
    const [width, height] = [canvas.width / values.length, canvas.height - 30]
    const largest = Math.max(1e-9, ...values)
    values.forEach((value, i) => {
      const tall = (Math.max(0, value) / largest) * height
      c.fillStyle = colour(i === decision ? 'signal' : 'ink')
      c.fillRect(i * width + 4, height - tall, width - 8, Math.max(1, tall))
      c.fillStyle = colour(i === decision ? 'text' : 'soft')
      if (values.length <= 20) c.fillText(i, (i + 0.5) * width, height + 16)
    })
  }

  /** Lead after each step, the lead that decides, and the step shown. */
  function leads(canvas, values, limit, sureAt, shown) {
    const c = cleared(canvas)
    const [width, height] = [canvas.width / Math.max(1, values.length), canvas.height - 26]
    values.forEach((value, i) => {
      const tall = Math.min(1, value) * height
      c.fillStyle = colour(i + 1 === sureAt ? 'signal' : 'ink')
      c.globalAlpha = i < shown ? 0.75 : 0.2
      c.fillRect(i * width + 3, height - tall, width - 6, Math.max(1, tall))
      c.globalAlpha = 1
      c.fillStyle = colour('soft')
      if (values.length <= 16 || (i + 1) % 4 === 0) c.fillText(i + 1, (i + 0.5) * width, height + 15)
    })
    c.strokeStyle = colour('text')
    c.lineWidth = 2
    c.setLineDash([8, 6])
    c.beginPath()
    c.moveTo(0, height * (1 - limit) + 1)
    c.lineTo(canvas.width, height * (1 - limit) + 1)
    c.stroke()
    c.setLineDash([])
  }

  /** The membrane after each step up to the one shown, from the least to the largest; marks where it fired. */
  function membrane(canvas, values, fired, shown) {
    const c = cleared(canvas)
    const [low, high] = [Math.min(0, ...values), Math.max(1e-9, ...values)]
    const [left, top, height] = [80, 26, canvas.height - 52]
    const x = (step) => left + ((step + 0.5) * (canvas.width - left - 10)) / values.length
    const y = (value) => top + height * (1 - (value - low) / (high - low))
    c.fillStyle = colour('soft')
    c.fillText(high.toFixed(2), 40, y(high))
    c.fillText(low.toFixed(2), 40, y(low))
    c.strokeStyle = colour('line')
    c.beginPath()
    c.moveTo(left, y(0))
    c.lineTo(canvas.width, y(0))
    c.stroke()
    c.strokeStyle = colour('ink')
    c.lineWidth = 3
    c.beginPath()
    values.slice(0, shown).forEach((value, i) => (i ? c.lineTo(x(i), y(value)) : c.moveTo(x(i), y(value))))
    c.stroke()
    values.slice(0, shown).forEach((value, i) => {
      c.fillStyle = colour('ink')
      c.beginPath()
      c.arc(x(i), y(value), 4, 0, 7)
      c.fill()
      if (fired[i] > 0) {
        c.fillStyle = colour('signal')
        c.fillRect(x(i) - 3, 2, 6, 20)
      }
    })
    c.fillStyle = colour('soft')
    values.forEach((_, i) => {
      if (values.length <= 16 || (i + 1) % 4 === 0) c.fillText(i + 1, x(i), canvas.height - 12)
    })
  }

  return { outputs, leads, membrane, colour }
})()
