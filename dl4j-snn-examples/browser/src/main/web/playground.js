/** The page: an input, a model, a run of one for the other, and the step of the run that is shown. */
(() => {
  const $ = (id) => document.getElementById(id)
  const SIDE = 28
  const SENSOR = 34
  const MOST_BYTES = 8 << 20
  const SPEEDS = { digit: [['1', 250], ['½', 500], ['¼', 1000], ['2', 125]], camera: [['1 (real time)', 1], ['⅕', 5], ['1⁄20', 20]] }

  const state = { kind: 'digit', sample: -1, model: null, run: null, step: 0, playing: null, chosen: null, own: null, cards: [] }
  let snn = null

  function message(text) {
    $('message').textContent = text
    $('message').hidden = !text
  }

  /** Runs the network soon, once for changes that come together. */
  let waiting = null
  function changed() {
    clearTimeout(waiting)
    waiting = setTimeout(() => {
      try {
        compute()
      } catch (error) {
        message(error.message)
      }
    }, 60)
  }

  const drawing = new Input.Drawing($('pad'), () => {
    if (state.kind === 'digit') changed()
  })

  function recording() {
    const list = Input.events(Snn.bytes(Samples.recordings[Math.max(0, state.sample)].events))
    return Input.noisyEvents(list, Number($('noise').value), SENSOR, 7)
  }

  /** The features that the model reads. */
  function features() {
    const [channels, height, width] = state.model.input()
    const steps = Number($('steps').value)
    if (state.kind === 'camera') {
      state.events = recording()
      return Input.frames(state.events, steps, SENSOR)
    }
    const flat = height * width === 1
    const pixels = flat ? drawing.pixels(SIDE, SIDE) : drawing.pixels(height, width)
    return Input.noisy(state.given ?? pixels, Number($('noise').value), 7)
  }

  function compute() {
    if (!snn || !state.model) return
    const inputs = features()
    let model = state.model
    if (!model.hasTimeAxis()) model = model.withSteps(Number($('steps').value))
    const factor = Number($('threshold').value)
    if (factor !== 1) model = model.withThresholds(factor)
    const start = performance.now()
    const run = model.stepByStep(inputs)
    const result = { layers: new Map(), outputs: [], leads: [], features: inputs }
    while (run.next()) {
      for (const name of run.layers()) {
        if (!result.layers.has(name)) {
          result.layers.set(name, { name, shape: run.shape(name), spikes: [], sums: [], membranes: run.hasMembranes(name) ? [] : null })
        }
        const layer = result.layers.get(name)
        const spikes = run.spikes(name)
        layer.spikes.push(spikes)
        layer.sums.push(spikes.reduce((a, b) => a + Math.abs(b), 0))
        if (layer.membranes) layer.membranes.push(run.membranes(name))
      }
      result.outputs.push(run.outputs())
      result.leads.push(run.lead())
    }
    result.millis = performance.now() - start
    state.run = result
    message('')
    const empty = inputs.every((value) => value === 0)
    $('step').max = result.outputs.length
    if (!state.playing) state.step = result.outputs.length
    state.step = Math.min(state.step, result.outputs.length)
    state.empty = empty
    cards()
    show()
  }

  /** Cards of the layers, made anew when the network is another one. */
  function cards() {
    const shapes = [...state.run.layers.values()].map(({ name, shape }) => name + shape).join()
    if (shapes === state.shapes) return
    state.shapes = shapes
    $('layers').replaceChildren()
    const choose = (layer, neuron) => {
      state.chosen = { layer, neuron }
      show()
    }
    state.cards = [...state.run.layers.values()].map((layer) => new Layers.Card($('layers'), layer, choose))
    const first = [...state.run.layers.values()].filter((layer) => layer.membranes).at(-1)
    state.chosen = first ? { layer: first.name, neuron: lively(first) } : null
  }

  /** The first neuron that fires at about half of the steps. */
  function lively(layer) {
    const fires = (neuron) => layer.spikes.filter((step) => step[neuron] !== 0).length
    const half = layer.spikes.length / 2
    let best = 0
    for (let neuron = 0; neuron < Math.min(4096, layer.spikes[0].length); neuron++) {
      if (Math.abs(fires(neuron) - half) < Math.abs(fires(best) - half)) best = neuron
    }
    return best
  }

  function largest(values) {
    return values.indexOf(Math.max(...values))
  }

  function show() {
    const { run, step } = state
    if (!run) return
    const limit = Number($('lead').value)
    const sure = run.leads.findIndex((lead) => lead >= limit) + 1
    const steps = run.outputs.length
    for (const card of state.cards) {
      const layer = run.layers.get(card.layer.name)
      card.show(layer, step, state.chosen?.layer === layer.name ? state.chosen.neuron : undefined)
    }
    const outputs = step ? [...run.outputs[step - 1]] : run.outputs[0].map(() => 0)
    const decision = step && !state.empty ? largest(outputs) : -1
    Charts.outputs($('outputs'), [...outputs], decision)
    Charts.leads($('leads'), run.leads, limit, sure, step)
    $('decision').textContent = decision < 0 ? '–' : decision
    $('moment').textContent = decision < 0 ? 'nothing to see yet' : sure && sure <= step ? `sure after step ${sure} of ${steps}` : `not sure after step ${step} of ${steps}`
    const chosen = state.chosen && run.layers.get(state.chosen.layer)
    if (chosen?.membranes) {
      const { neuron } = state.chosen
      Charts.membrane($('membrane'), chosen.membranes.map((all) => all[neuron]), chosen.spikes.map((all) => all[neuron]), step)
      $('membrane-name').textContent = `${chosen.name}, neuron ${neuron}: after each step, the reset included; marks at the top are spikes`
    } else {
      $('membrane').getContext('2d').clearRect(0, 0, 960, 160)
      $('membrane-name').textContent = state.chosen ? `${state.chosen.layer} passes spikes on and has no membrane potential` : ''
    }
    showInput()
    $('step').value = step
    const values = { step: `${step} of ${steps}`, lead: limit.toFixed(2), noise: $('noise').value, steps: $('steps').value, threshold: '× ' + Number($('threshold').value).toFixed(1) }
    for (const [id, value] of Object.entries(values)) $(id + '-value').textContent = value
    $('speed-note').textContent = `${steps} steps looked into: ${run.millis.toFixed(1)} ms in this browser`
  }

  /** What the network sees: pixels, or the events of the frame that is shown. */
  function showInput() {
    const { run, step } = state
    const [, height, width] = state.model.input()
    if (state.kind === 'camera') {
      const steps = run.outputs.length
      const pad = $('pad').getContext('2d')
      pad.fillStyle = '#000'
      pad.fillRect(0, 0, Input.PAD, Input.PAD)
      const size = Input.PAD / SENSOR
      const [start, last] = [state.events[0].t, state.events[state.events.length - 1].t]
      const now = start + ((last - start) * (state.time ?? step)) / steps
      for (const event of state.events) {
        if (event.t > now || event.t < now - (last - start) / steps) continue
        pad.fillStyle = event.on ? '#ff922b' : '#9775fa'
        pad.fillRect(event.x * size, event.y * size, size, size)
      }
      grey(Math.max(1, step) - 1, steps)
      return
    }
    const [rows, columns] = height * width === 1 ? [SIDE, SIDE] : [height, width]
    paint($('seen'), run.features.slice(0, rows * columns).map((value) => 255 * value), rows, columns)
  }

  /** The frame of a step: ON and OFF events together. */
  function grey(step, steps) {
    const size = SENSOR * SENSOR
    const [off, on] = [0, 1].map((channel) => state.run.features.subarray((channel * steps + step) * size, (channel * steps + step + 1) * size))
    paint($('seen'), on.map((value, i) => Math.min(255, 90 * (value + off[i]))), SENSOR, SENSOR)
  }

  function paint(canvas, bytes, height, width) {
    const c = canvas.getContext('2d')
    c.imageSmoothingEnabled = false
    c.drawImage(Input.canvasOf(bytes, height, width), 0, 0, canvas.width, canvas.height)
  }

  function stop() {
    cancelAnimationFrame(state.playing)
    state.playing = state.time = null
    $('play').textContent = 'Play'
  }

  /** Shows the run from its beginning: digits at a pace to watch, recordings in their own time. */
  function play() {
    if (state.playing) return stop()
    if (!state.run) return
    const steps = state.run.outputs.length
    const duration = state.kind === 'camera' ? (state.events[state.events.length - 1].t - state.events[0].t) / 1000 : steps
    const pace = Number($('speed').value) * duration
    const from = state.step < steps ? state.step : 0
    const start = performance.now() - (from / steps) * pace
    $('play').textContent = 'Pause'
    const next = (now) => {
      // A frame may be of a time before the click.
      state.time = Math.min(steps, Math.max(0, ((now - start) / pace) * steps))
      const step = Math.floor(state.time)
      if (step !== state.step || state.kind === 'camera') {
        state.step = step
        show()
      }
      state.playing = requestAnimationFrame(next)
      if (state.time >= steps) {
        stop()
        show()
      }
    }
    state.playing = requestAnimationFrame(next)
  }

  function to(step) {
    stop()
    state.step = Math.min(state.run?.outputs.length ?? 0, Math.max(0, step))
    show()
  }

  /** Loads a network that the page brings, once. */
  const loaded = {}
  async function brought(name) {
    if (!Samples.models[name]) {
      await new Promise((done, failed) => {
        const script = document.createElement('script')
        Object.assign(script, { src: name + '.js', onload: done, onerror: () => failed(new Error(`${name}.js, a file beside this page, cannot be read`)) })
        document.head.append(script)
      })
    }
    return (loaded[name] ??= snn.model(await Snn.unpacked(Samples.models[name])))
  }

  async function use(kind) {
    stop()
    state.kind = kind
    state.given = null
    state.sample = -1
    for (const name of ['digit', 'camera']) $('use-' + name).setAttribute('aria-pressed', name === kind)
    $('clear').hidden = kind === 'camera'
    $('sample').textContent = kind === 'camera' ? 'Next recording' : 'Test digit'
    $('speed').replaceChildren(...SPEEDS[kind].map(([name, value]) => new Option('× ' + name, value)))
    try {
      state.model = state.own?.kind === kind ? state.own.model : await brought(kind)
    } catch (error) {
      message(error.message)
      return
    }
    $('steps').value = kind === 'camera' ? 10 : state.model.steps()
    if (kind === 'camera') nextSample()
    else drawing.clear()
    $('sample-name').textContent = kind === 'camera' ? $('sample-name').textContent : 'Draw with mouse, finger or keyboard.'
    changed()
  }

  function nextSample() {
    const list = state.kind === 'camera' ? Samples.recordings : Samples.digits
    state.sample = (state.sample + 1) % list.length
    const sample = list[state.sample]
    if (state.kind === 'camera') {
      $('sample-name').textContent = `Simulated recording of a ${sample.label}: orange is brighter, violet darker`
      changed()
      return
    }
    const bytes = Uint8Array.from(Snn.bytes(sample.pixels))
    drawing.put(bytes, SIDE)
    const [, height, width] = state.model.input()
    const fits = height * width === 1 || (height === SIDE && width === SIDE)
    state.given = fits ? Float32Array.from(bytes, (value) => value / 255) : null
    $('sample-name').textContent = `Test digit of MNIST: a ${sample.label}`
    changed()
  }

  /** Which input a network can have here. */
  function kindOf(model) {
    const [channels, height, width] = model.input()
    const pixels = channels * height * width
    if (!model.hasTimeAxis() && ((channels === 1 && height * width > 1) || (height * width === 1 && pixels === SIDE * SIDE))) return 'digit'
    if (model.hasTimeAxis() && channels === 2 && height === SENSOR && width === SENSOR) return 'camera'
    const shape = height * width === 1 ? channels : `${channels} × ${height} × ${width}`
    throw new Error(`a network must read images of one channel, or frames of 2 × ${SENSOR} × ${SENSOR}, to run on this page; got ${model.hasTimeAxis() ? 'frames of ' : ''}${shape}`)
  }

  async function open(file) {
    message('')
    try {
      if (file.size > MOST_BYTES) throw new Error(`a model must be at most 8 MB on this page, got ${(file.size / 1e6).toFixed(1)} MB`)
      const model = snn.model(await file.arrayBuffer())
      state.own = { model, kind: kindOf(model) }
      await use(state.own.kind)
      $('model-name').textContent = `${file.name}: ${model.layers().join(', ')}`
    } catch (error) {
      message(`${file.name}: ${error.message}`)
    }
  }

  function theme(name) {
    document.documentElement.dataset.theme = name
    $('theme').setAttribute('aria-pressed', name === 'dark')
    if (state.run) show()
  }

  $('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'))
  $('use-digit').addEventListener('click', () => use('digit'))
  $('use-camera').addEventListener('click', () => use('camera'))
  $('pad').addEventListener('pointerdown', () => (state.given = null))
  $('pad').addEventListener('keydown', () => (state.given = null))
  $('clear').addEventListener('click', () => {
    state.given = null
    drawing.clear()
  })
  $('sample').addEventListener('click', nextSample)
  $('play').addEventListener('click', play)
  $('back').addEventListener('click', () => to(state.step - 1))
  $('forward').addEventListener('click', () => to(state.step + 1))
  $('step').addEventListener('input', () => to(Number($('step').value)))
  $('lead').addEventListener('input', show)
  for (const id of ['steps', 'threshold', 'noise']) {
    $(id).addEventListener('input', () => {
      $(id + '-value').textContent = $(id).value
      stop()
      changed()
    })
  }
  $('file').addEventListener('change', () => $('file').files[0] && open($('file').files[0]))
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('dropping')
  })
  document.addEventListener('dragleave', (event) => event.relatedTarget || document.body.classList.remove('dropping'))
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    document.body.classList.remove('dropping')
    if (event.dataTransfer.files[0]) open(event.dataTransfer.files[0])
  })
  theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  if (location.protocol.startsWith('http') && location.pathname.includes('/playground/')) $('home').href = '../'

  Snn.load().then(
    (engine) => {
      snn = engine
      return use('digit').then(() => nextSample())
    }).catch((error) => message(error.message))

  /** For tests. */
  window.playground = { state, open }
})()
