/** The page: an input, a network, a run of one for the other, and the step of the run that is shown. */
(() => {
  const $ = (id) => document.getElementById(id)
  const SENSOR = 34
  const MOST_BYTES = 8 << 20
  const MOST_STEPS = 32
  const NOISE_SEED = 7
  const SPEEDS = {
    digit: [['× 1', 250], ['× ½', 500], ['× ¼', 1000], ['× 2', 125]],
    camera: [['real time', 1], ['5 times slower', 5], ['20 times slower', 20]]
  }
  const PAD_LABELS = {
    digit: 'Drawing pad. Arrows move the pen, space puts it down or lifts it, Delete clears.',
    camera: 'Events of the recording'
  }

  /** Kind and network change together; a run remembers what it was made of. */
  const state = { kind: 'digit', model: null, run: null, step: 0, chosen: null, cards: [], recording: -1, digit: -1, own: {}, playing: null }
  let snn = null
  let uses = 0

  function message(text) {
    $('message').textContent = text
    $('message').hidden = !text
  }

  /** Runs the network soon, once for changes that come together. */
  let waiting = null
  function changed() {
    waiting ??= setTimeout(() => {
      waiting = null
      try {
        compute()
        message('')
      } catch (error) {
        message(error.message)
        if ($('threshold').value !== '1') {
          $('threshold').value = 1
          compute()
        }
      }
    }, 40)
  }

  const drawing = new Input.Drawing($('pad'), () => {
    showPad()
    nameInput()
    if (state.kind === 'digit' && state.model) changed()
  })

  /** The features that a network reads, and the events behind them. */
  function input() {
    const noise = Number($('noise').value)
    const steps = Number($('steps').value)
    if (state.kind === 'camera') {
      const list = Input.events(Snn.bytes(Samples.recordings[state.recording].events))
      const events = Input.noisyEvents(list, noise, SENSOR, NOISE_SEED)
      return { events, features: Input.frames(events, steps, SENSOR), isEmpty: false }
    }
    const [, height, width] = state.model.input()
    const pixels = height * width === 1 ? drawing.pixels(Input.SIDE, Input.SIDE) : drawing.pixels(height, width)
    return { features: Input.noisy(pixels, noise, NOISE_SEED), isEmpty: pixels.every((value) => value === 0) }
  }

  function compute() {
    if (!state.model) return
    const given = input()
    let model = state.model
    if (!model.hasTimeAxis()) model = model.withSteps(Number($('steps').value))
    const factor = Number($('threshold').value)
    if (factor !== 1) model = model.withThresholds(factor)
    const start = performance.now()
    const looked = model.stepByStep(given.features)
    const run = { ...given, kind: state.kind, size: state.model.input(), layers: new Map(), outputs: [], leads: [], decisions: [] }
    while (looked.next()) {
      for (const name of looked.layers()) record(run.layers, name, looked)
      run.outputs.push([...looked.meanOutputs()])
      run.leads.push(looked.lead())
      run.decisions.push(looked.decision())
    }
    run.millis = performance.now() - start
    const atEnd = !state.run || state.step >= state.run.outputs.length
    state.run = run
    state.step = atEnd && !state.playing ? run.outputs.length : Math.min(state.step, run.outputs.length)
    cards()
    preselect()
    show()
  }

  /** Takes what a layer did at the last step. */
  function record(layers, name, looked) {
    const spikes = looked.spikes(name)
    if (!layers.has(name)) {
      layers.set(name, { name, shape: looked.shape(name), spikes: [], counts: [], sums: [], membranes: looked.hasMembranes(name) ? [] : null })
    }
    const layer = layers.get(name)
    const before = layer.counts.at(-1)
    layer.spikes.push(spikes)
    layer.counts.push(spikes.map((value, i) => Math.abs(value) + (before ? before[i] : 0)))
    layer.sums.push(spikes.reduce((sum, value) => sum + Math.abs(value), 0))
    if (layer.membranes) layer.membranes.push(looked.membranes(name))
  }

  /** Cards of the layers, made anew for another network and another width. */
  function cards() {
    const layers = [...state.run.layers.values()]
    const key = layers.map(({ name, shape }) => name + shape).join() + $('layers').clientWidth
    if (key === state.key) return
    state.key = key
    $('layers').replaceChildren()
    state.cards = layers.map((layer) => new Layers.Card($('layers'), layer, choose))
    $('of-layer').replaceChildren(...layers.filter((layer) => layer.membranes).map(({ name }) => new Option(name)))
  }

  /** Chooses a neuron of the last layer for the reader, who has not or whose neuron is gone. */
  function preselect() {
    const { run, chosen } = state
    if (chosen && !chosen.ofEmpty && run.layers.get(chosen.layer)?.membranes) return
    const last = [...run.layers.values()].filter((layer) => layer.membranes).at(-1)
    state.chosen = last ? { layer: last.name, neuron: lively(last), ofEmpty: run.isEmpty } : null
  }

  function choose(layer, neuron) {
    const most = state.run.layers.get(layer).spikes[0].length - 1
    state.chosen = { layer, neuron: Math.min(most, Math.max(0, Math.floor(neuron) || 0)) }
    show()
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

  function show() {
    const { run, step } = state
    if (!run) return
    for (const card of state.cards) {
      card.show(run.layers.get(card.name), step, state.chosen?.layer === card.name ? state.chosen.neuron : undefined)
    }
    showAnswer(run, step)
    showMembrane(run, step)
    showPad()
    showSeen()
    $('step').max = run.outputs.length
    $('step').value = step
    const values = { step: `${step} of ${run.outputs.length}`, noise: $('noise').value, steps: $('steps').value, threshold: '× ' + Number($('threshold').value).toFixed(1) }
    for (const [id, value] of Object.entries(values)) $(id + '-value').textContent = value
    $('speed-note').textContent = `A run of ${run.outputs.length} step${run.outputs.length > 1 ? 's' : ''}, looked into at each: ${run.millis.toFixed(0)} ms in this browser`
  }

  /** The answer after the step shown, and when it was sure enough to stop. */
  function showAnswer(run, step) {
    const steps = run.outputs.length
    const isSeen = step > 0 && !run.isEmpty
    $('lead').max = Math.max(1, Math.ceil(Math.max(...run.leads)))
    const limit = Number($('lead').value)
    const sure = run.isEmpty ? 0 : run.leads.findIndex((lead) => lead >= limit) + 1
    const decision = isSeen ? run.decisions[step - 1] : -1
    Charts.outputs($('outputs'), isSeen ? run.outputs[step - 1] : run.outputs[0].map(() => 0), decision)
    Charts.leads($('leads'), run.isEmpty ? run.leads.map(() => 0) : run.leads, limit, sure, step)
    $('lead-value').textContent = limit.toFixed(2)
    $('decision').textContent = isSeen ? decision : '–'
    const early = sure ? run.decisions[sure - 1] : decision
    $('moment').textContent = run.isEmpty
      ? 'nothing to see yet'
      : step === 0
        ? 'before the first step'
        : sure && sure <= step
          ? early === decision ? `sure after step ${sure} of ${steps}` : `an early answer, ${early}, was sure after step ${sure} of ${steps}`
          : `not sure after step ${step} of ${steps}`
  }

  function showMembrane(run, step) {
    const layer = state.chosen && run.layers.get(state.chosen.layer)
    $('membrane').hidden = !layer?.membranes
    if (layer?.membranes) {
      const { neuron } = state.chosen
      Object.assign($('of-neuron'), { max: layer.spikes[0].length - 1, value: neuron })
      $('of-layer').value = layer.name
      Charts.membrane($('membrane'), layer.membranes.map((all) => all[neuron]), layer.spikes.map((all) => all[neuron]), step)
    }
    $('membrane-name').textContent = layer?.membranes
      ? 'After each step, the reset included; marks at the top are spikes.'
      : state.chosen ? `${state.chosen.layer} passes spikes on and has no membrane potential.` : ''
  }

  /** The drawing, or the events up to the time shown. */
  function showPad() {
    const pad = $('pad').getContext('2d')
    const { run } = state
    const isCamera = state.kind === 'camera'
    const { pen } = drawing
    $('pen').hidden = isCamera || !pen.seen
    $('pen').className = pen.down ? 'down' : ''
    Object.assign($('pen').style, { left: (100 * pen.x) / Input.PAD + '%', top: (100 * pen.y) / Input.PAD + '%' })
    $('pen-note').textContent = pen.seen && !isCamera ? `pen ${pen.down ? 'down' : 'up'}` : ''
    if (!isCamera || run?.kind !== 'camera') {
      pad.drawImage(drawing.image, 0, 0)
      return
    }
    pad.fillStyle = '#000'
    pad.fillRect(0, 0, Input.PAD, Input.PAD)
    const size = Input.PAD / SENSOR
    const [start, last] = [run.events[0].t, run.events[run.events.length - 1].t]
    const part = (last - start) / run.outputs.length
    const now = start + part * (state.playing ? state.time : state.step)
    for (const event of run.events) {
      if (event.t > now || event.t < now - part) continue
      pad.fillStyle = event.on ? '#ff922b' : '#9775fa'
      pad.fillRect(event.x * size, event.y * size, size, size)
    }
  }

  /** What the network sees: pixels, or ON and OFF events of the step's frame together. */
  function showSeen() {
    const { run, step } = state
    const steps = run.outputs.length
    const [, height, width] = run.size
    const [rows, columns] = height * width === 1 ? [Input.SIDE, Input.SIDE] : [height, width]
    const size = rows * columns
    const bytes = new Float32Array(size)
    for (let i = 0; i < size; i++) {
      if (run.kind === 'digit') bytes[i] = 255 * run.features[i]
      else if (step) bytes[i] = Math.min(255, 90 * (run.features[(step - 1) * size + i] + run.features[(steps + step - 1) * size + i]))
    }
    const c = $('seen').getContext('2d')
    c.imageSmoothingEnabled = false
    c.drawImage(Input.canvasOf(bytes, rows, columns), 0, 0, $('seen').width, $('seen').height)
  }

  function nameInput() {
    $('sample-name').textContent = state.kind === 'camera'
      ? `Simulated recording of a ${Samples.recordings[state.recording].label}: orange is brighter, violet darker.`
      : drawing.sample ? `Test digit of MNIST: a ${drawing.sample.label}. A stroke begins anew.`
        : 'Draw with mouse or finger. With keys: arrows move the pen, space puts it down or lifts it, Delete clears.'
  }

  function stop() {
    cancelAnimationFrame(state.playing)
    state.playing = null
    $('play').textContent = 'Play'
  }

  /** Shows the run from its beginning: digits at a pace to watch, recordings in their own time. */
  function play() {
    if (state.playing) return stop()
    const { run } = state
    if (!run) return
    state.time = state.step < run.outputs.length ? state.step : 0
    $('play').textContent = 'Pause'
    let before = performance.now()
    const next = (now) => {
      const steps = state.run.outputs.length
      const millis = state.run.kind === 'camera' ? (state.run.events.at(-1).t - state.run.events[0].t) / 1000 / steps : 1
      // A frame may be of a time before the click.
      state.time = Math.min(steps, state.time + Math.max(0, now - before) / (millis * Number($('speed').value)))
      before = Math.max(before, now)
      const step = Math.floor(state.time)
      const isOver = state.time >= steps
      if (isOver) stop()
      else state.playing = requestAnimationFrame(next)
      if (step !== state.step || isOver) {
        state.step = step
        show()
      } else {
        showPad()
      }
    }
    state.playing = requestAnimationFrame(next)
  }

  function to(step) {
    stop()
    state.step = Math.min(state.run?.outputs.length ?? 0, Math.max(0, step))
    show()
  }

  /** Networks that the page brings, by kind: promises, so that each is loaded once. */
  const brought = {}
  function bring(kind) {
    brought[kind] ??= new Promise((done, failed) => {
      if (Samples.models[kind]) return done()
      const script = document.createElement('script')
      Object.assign(script, { src: kind + '.js', onload: done, onerror: () => failed(new Error(`${kind}.js, a file beside this page, cannot be read`)) })
      document.head.append(script)
    })
      .then(() => Snn.unpacked(Samples.models[kind]))
      .then((file) => snn.model(file))
      .catch((error) => {
        delete brought[kind]
        throw error
      })
    return brought[kind]
  }

  /** Changes to an input and its network; a later change overtakes one that still loads. */
  async function use(kind) {
    const own = state.own[kind]
    const mine = ++uses
    const model = own?.model ?? (await bring(kind))
    if (mine !== uses) return
    stop()
    if (kind === 'camera' && state.recording < 0) state.recording = 0
    Object.assign(state, { kind, model, run: null })
    drawing.enabled = kind === 'digit'
    $('pad').setAttribute('aria-label', PAD_LABELS[kind])
    $('pad').className = kind
    for (const name of Object.keys(SPEEDS)) $('use-' + name).setAttribute('aria-pressed', name === kind)
    $('clear').hidden = kind === 'camera'
    $('sample').textContent = kind === 'camera' ? 'Next recording' : 'Test digit'
    $('speed').replaceChildren(...SPEEDS[kind].map(([name, value]) => new Option(name, value)))
    const steps = kind === 'camera' ? 10 : model.steps()
    $('steps').max = Math.max(MOST_STEPS, steps)
    $('steps').value = steps
    $('model-name').textContent = own ? `${own.name}: ${model.layers().join(', ')}` : ''
    $('no-own').hidden = !own
    nameInput()
    compute()
    message('')
  }

  function nextSample() {
    if (state.kind === 'camera') {
      state.recording = (state.recording + 1) % Samples.recordings.length
      nameInput()
      changed()
      return
    }
    state.digit = (state.digit + 1) % Samples.digits.length
    const { label, pixels } = Samples.digits[state.digit]
    drawing.put(label, Uint8Array.from(Snn.bytes(pixels)))
  }

  /** Which input a network can have here. */
  function kindOf(model) {
    const [channels, height, width] = model.input()
    const isFlat = height * width === 1
    if (!model.hasTimeAxis() && (isFlat ? channels === Input.SIDE ** 2 : channels === 1)) return 'digit'
    if (model.hasTimeAxis() && channels === 2 && height === SENSOR && width === SENSOR) return 'camera'
    const shape = isFlat ? channels : `${channels} × ${height} × ${width}`
    throw new Error(
      `a network must read images of one channel, 784 pixels, or frames of 2 × ${SENSOR} × ${SENSOR}, to run on this page; got ${model.hasTimeAxis() ? 'frames of ' : ''}${shape}`)
  }

  /** Runs a network of the reader's, or says why not and goes on with the one before. */
  async function open(file) {
    const before = { kind: state.kind, own: { ...state.own } }
    try {
      if (file.size > MOST_BYTES) throw new Error(`a model must be at most 8 MB on this page, got ${(file.size / 1e6).toFixed(1)} MB`)
      const model = snn.model(await file.arrayBuffer())
      const kind = kindOf(model)
      $('threshold').value = 1
      state.own[kind] = { model, name: file.name }
      await use(kind)
    } catch (error) {
      state.own = before.own
      if (state.kind !== before.kind || !state.run) await use(before.kind)
      message(`${file.name}: ${error.message}`)
    }
    $('file').value = ''
  }

  function failed(error) {
    message(error.message)
  }

  function theme(name) {
    document.documentElement.dataset.theme = name
    $('theme').setAttribute('aria-pressed', name === 'dark')
    show()
  }

  $('theme').addEventListener('click', () => theme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'))
  for (const kind of Object.keys(SPEEDS)) $('use-' + kind).addEventListener('click', () => use(kind).catch(failed))
  $('clear').addEventListener('click', () => drawing.clear())
  $('sample').addEventListener('click', nextSample)
  $('play').addEventListener('click', play)
  $('back').addEventListener('click', () => to(state.step - 1))
  $('forward').addEventListener('click', () => to(state.step + 1))
  $('step').addEventListener('input', () => to(Number($('step').value)))
  $('lead').addEventListener('input', show)
  for (const id of ['steps', 'threshold', 'noise']) $(id).addEventListener('input', changed)
  $('of-layer').addEventListener('change', () => choose($('of-layer').value, 0))
  $('of-neuron').addEventListener('change', () => choose($('of-layer').value, Number($('of-neuron').value)))
  $('file').addEventListener('change', () => $('file').files[0] && open($('file').files[0]))
  $('no-own').addEventListener('click', () => {
    delete state.own[state.kind]
    use(state.kind).catch(failed)
  })
  addEventListener('resize', () => {
    if (!state.run) return
    cards()
    show()
  })
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('dropping')
  })
  document.addEventListener('dragleave', (event) => event.relatedTarget || document.body.classList.remove('dropping'))
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    document.body.classList.remove('dropping')
    if (snn && event.dataTransfer.files[0]) open(event.dataTransfer.files[0])
  })
  theme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  if (location.protocol.startsWith('http') && location.pathname.includes('/playground/')) $('home').href = '../'

  Snn.load()
    .then((engine) => {
      snn = engine
      return use('digit')
    })
    .then(() => {
      document.querySelector('main').inert = false
      nextSample()
    })
    .catch(failed)

  /** For tests. */
  window.playground = { state, open }
})()
