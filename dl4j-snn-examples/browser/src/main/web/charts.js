/** Outputs, leads and the membrane potential, each drawn on a canvas in the colours of the page. */
var Charts = (() => {
  const FONT = '13px system-ui, sans-serif'

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim()
  }

  /** A canvas as wide as its place, cleared, with a text for those who do not see it. */
  function cleared(canvas, height, text) {
    const width = canvas.clientWidth || 300
    const ratio = window.devicePixelRatio || 1
    Object.assign(canvas, { width: width * ratio, height: height * ratio })
    canvas.style.height = height + 'px'
    canvas.setAttribute('aria-label', text)
    const c = canvas.getContext('2d')
    c.scale(ratio, ratio)
    Object.assign(c, { font: FONT, textAlign: 'center', textBaseline: 'middle' })
    return { c, width }
  }

  /** Bars from 0 to the largest output, the decided class in the signal colour. */
  function outputs(canvas, values, decision) {
    const { c, width } = cleared(canvas, 130, 'Outputs: ' + values.map((value, i) => `${i}: ${value.toFixed(2)}`).join(', '))
    const [each, height] = [width / values.length, 108]
    const largest = Math.max(1e-9, ...values)
    values.forEach((value, i) => {
      const tall = (Math.max(0, value) / largest) * height
      c.fillStyle = colour(i === decision ? 'signal' : 'ink')
      c.fillRect(i * each + 3, height - tall, each - 6, Math.max(1, tall))
      c.fillStyle = colour(i === decision ? 'text' : 'soft')
      if (values.length <= 20) c.fillText(i, (i + 0.5) * each, height + 12)
    })
  }

  /** Numbers of steps below a chart, fewer where there are many. */
  function numbers(c, steps, x, y) {
    c.fillStyle = colour('soft')
    const every = Math.ceil(steps / 16)
    for (let i = every; i <= steps; i += every) c.fillText(i, x(i - 1), y)
  }

  /** Lead after each step, the lead that decides, and the step shown. */
  function leads(canvas, values, limit, sureAt, shown) {
    const { c, width } = cleared(canvas, 76, 'Leads: ' + values.map((value) => value.toFixed(2)).join(', '))
    const most = Math.max(1, ...values)
    const [each, height] = [(width - 12) / Math.max(1, values.length), 56]
    values.forEach((value, i) => {
      const tall = (value / most) * height
      c.fillStyle = colour(i + 1 === sureAt ? 'signal' : 'ink')
      c.globalAlpha = i < shown ? 0.75 : 0.2
      c.fillRect(6 + i * each + each / 10, height - tall, each * 0.8, Math.max(1, tall))
      c.globalAlpha = 1
    })
    numbers(c, values.length, (i) => 6 + (i + 0.5) * each, height + 11)
    c.strokeStyle = colour('text')
    c.setLineDash([6, 4])
    c.beginPath()
    c.moveTo(0, height * (1 - limit / most) + 0.5)
    c.lineTo(width, height * (1 - limit / most) + 0.5)
    c.stroke()
    c.setLineDash([])
  }

  /** The membrane after each step up to the one shown, from the least to the largest; marks where it fired. */
  function membrane(canvas, values, fired, shown) {
    const { c, width } = cleared(canvas, 150, 'Membrane potential: ' + values.map((value) => value.toFixed(2)).join(', '))
    const [low, high] = [Math.min(0, ...values), Math.max(1e-9, ...values)]
    const [left, top, height] = [52, 24, 100]
    const x = (step) => left + ((step + 0.5) * (width - left - 8)) / values.length
    const y = (value) => top + height * (1 - (value - low) / (high - low))
    c.fillStyle = colour('soft')
    c.fillText(high.toFixed(2), 24, y(high))
    c.fillText(low.toFixed(2), 24, y(low))
    c.strokeStyle = colour('line')
    c.beginPath()
    c.moveTo(left, y(0))
    c.lineTo(width, y(0))
    c.stroke()
    c.strokeStyle = c.fillStyle = colour('ink')
    c.lineWidth = 2
    c.beginPath()
    values.slice(0, shown).forEach((value, i) => (i ? c.lineTo(x(i), y(value)) : c.moveTo(x(i), y(value))))
    c.stroke()
    values.slice(0, shown).forEach((value, i) => {
      c.fillStyle = colour('ink')
      c.beginPath()
      c.arc(x(i), y(value), 3, 0, 7)
      c.fill()
      c.fillStyle = colour('signal')
      if (fired[i] !== 0) c.fillRect(x(i) - 2, 2, 4, 16)
    })
    numbers(c, values.length, x, 140)
  }

  return { outputs, leads, membrane, colour }
})()
