#include "snn.h"

#include <string.h>

#define NO_LEAK 4096
#define MOST_ADLIF 8388607 /* what states of SNN_ADLIF saturate at */
#define AT(type, state, offset) ((type *)(void *)((uint8_t *)(state) + (offset)))
#define READ(type, state, offset) \
  ((const type *)(const void *)((const uint8_t *)(state) + (offset)))

static int32_t of(snn_numbers numbers, uint32_t channel) {
  return numbers.values[channel * numbers.step];
}

/* ---- The spikes of a place ---- */

typedef struct {
  const uint8_t *bytes;
  uint32_t size, next; /* neurons, or bytes of eight neurons */
  uint8_t counts, bits;
} cursor;

static cursor spikes_of(const snn_place *place, const void *state) {
  cursor c = {READ(uint8_t, state, place->offset), place->size, 0, place->counts, 0};
  if (!c.counts) {
    c.size = (c.size + 7) / 8;
    c.bits = c.bytes[0];
  }
  return c;
}

static int32_t count_at(const uint8_t *bytes, uint8_t size, uint32_t neuron) {
  return size == 1   ? (int8_t)bytes[neuron]
         : size == 2 ? ((const int16_t *)(const void *)bytes)[neuron]
                     : ((const int32_t *)(const void *)bytes)[neuron];
}

/* The place of the only bit b of a byte that is set, at (b * 0x1D >> 5) & 7. */
static const uint8_t bit_of[8] = {0, 1, 6, 2, 7, 5, 4, 3};

/* The next neuron that fires, and its number of spikes. */
static int next_spike(cursor *c, uint32_t *neuron, int32_t *spikes) {
  while (c->counts && c->next < c->size) {
    *neuron = c->next++;
    *spikes = count_at(c->bytes, c->counts, *neuron);
    if (*spikes) {
      return 1;
    }
  }
  for (; !c->bits; c->bits = c->bytes[++c->next]) {
    if (c->next + 1 >= c->size) {
      return 0;
    }
  }
  uint32_t lowest = c->bits & (0u - c->bits);
  *neuron = c->next * 8 + bit_of[(lowest * 0x1Du >> 5) & 7u];
  *spikes = 1;
  c->bits = (uint8_t)(c->bits ^ lowest);
  return 1;
}

static uint32_t bytes_of(const snn_place *place) {
  return place->counts ? place->counts * place->size : (place->size + 7) / 8;
}

static void put(const snn_place *place, void *state, uint32_t neuron, int32_t spikes) {
  if (place->counts == 1) {
    int8_t *count = AT(int8_t, state, place->offset) + neuron;
    *count = (int8_t)(*count + spikes);
  } else if (place->counts == 2) {
    int16_t *count = AT(int16_t, state, place->offset) + neuron;
    *count = (int16_t)(*count + spikes);
  } else if (place->counts) {
    AT(int32_t, state, place->offset)[neuron] += spikes;
  } else {
    uint8_t *byte = AT(uint8_t, state, place->offset) + (neuron >> 3);
    *byte = (uint8_t)(*byte | 1u << (neuron & 7u));
  }
}

static int32_t got(const snn_place *place, const void *state, uint32_t neuron) {
  const uint8_t *bytes = READ(uint8_t, state, place->offset);
  return place->counts ? count_at(bytes, place->counts, neuron)
                       : bytes[neuron >> 3] >> (neuron & 7u) & 1;
}

/* ---- Synapses ---- */

/* Adds some weights to as many sums, as often as there are spikes. Loops of constant length become
   vector instructions where there are any. */
#define CHARGE(W, S)                                                                  \
  static void charge##W##_##S(const int##W##_t *restrict w, int##S##_t *restrict sum, \
                              uint32_t n, int32_t spikes) {                           \
    int##S##_t factor = (int##S##_t)spikes;                                           \
    for (; n >= 16; n -= 16, w += 16, sum += 16) {                                    \
      for (int i = 0; i < 16; i++) {                                                  \
        sum[i] = (int##S##_t)(sum[i] + factor * w[i]);                                \
      }                                                                               \
    }                                                                                 \
    for (; n >= 8; n -= 8, w += 8, sum += 8) {                                        \
      for (int i = 0; i < 8; i++) {                                                   \
        sum[i] = (int##S##_t)(sum[i] + factor * w[i]);                                \
      }                                                                               \
    }                                                                                 \
    for (uint32_t i = 0; i < n; i++) {                                                \
      sum[i] = (int##S##_t)(sum[i] + factor * w[i]);                                  \
    }                                                                                 \
  }
CHARGE(8, 8)
CHARGE(8, 16)
CHARGE(8, 32)
CHARGE(16, 16)
CHARGE(16, 32)

static void charge(snn_weights weights, uint32_t from, const snn_layer *l, void *state,
                   uint32_t to, uint32_t n, int32_t spikes) {
  const void *w = (const int8_t *)weights.values + from * weights.bytes;
  void *sums = AT(int8_t, state, l->sums) + to * l->bytes;
  switch (weights.bytes * 10 + l->bytes) {
    case 11: charge8_8(w, sums, n, spikes); break;
    case 12: charge8_16(w, sums, n, spikes); break;
    case 14: charge8_32(w, sums, n, spikes); break;
    case 22: charge16_16(w, sums, n, spikes); break;
    default: charge16_32(w, sums, n, spikes);
  }
}

#define MOST 16

/* Spikes that have the same windows: of channels of one position. */
typedef struct {
  uint32_t row, column, first, channels; /* first: the neuron of the first channel */
  uint32_t n, channel[MOST];
  int32_t spikes[MOST];
} group;

/* What spikes do in one of the windows that hold them: at a tap of the kernel, at a position of
   the output. Columns of a kernel are stored from the last to the first. */
static void in_window(const snn_model *m, const snn_layer *l, void *state, const group *g,
                      uint32_t tap, uint32_t position) {
  const snn_place *out = &m->places[l->place];
  uint32_t taps = (uint32_t)l->rows.kernel * l->columns.kernel;
  uint32_t channels = l->channels, to = position * channels;
  uint32_t each = channels == g->channels ? 1 : channels / g->channels; /* of SNN_DEPTHWISE */
  int kind = l->kind;
  for (uint32_t k = 0; k < g->n; k++) {
    uint32_t c = g->channel[k], from = c * taps + tap;
    int32_t spikes = g->spikes[k];
    if (kind == SNN_DEPTHWISE) {
      charge(l->weights, from * each, l, state, to + c * each, each, spikes);
    } else if (kind == SNN_CONVOLUTION) {
      charge(l->weights, from * channels, l, state, to, channels, spikes);
    } else if (kind != SNN_GATED) {
      int32_t more = kind == SNN_SUM ? spikes : spikes - got(out, state, to + c);
      if (kind == SNN_SUM || more > 0) {
        put(out, state, to + c, more);
      }
    } else {
      int32_t flow = AT(int32_t, state, l->memory)[g->first + c];
      int32_t *largest = AT(int32_t, state, l->last) + to + c;
      if (flow > *largest) {
        put(out, state, to + c, flow - *largest);
        *largest = flow;
      }
    }
  }
}

static uint32_t tap_step(const snn_axis *axis) {
  return axis->dilation == 1 ? axis->stride : 1u;
}

static uint32_t first_tap(const snn_axis *axis, uint32_t input) {
  return axis->dilation == 1 ? (input + axis->padding) % axis->stride : 0;
}

/* The next tap of a kernel at which an input lies in the window of an output; 0 for none. Taps go
   from `first_tap` on by `tap_step`. */
static int next_tap(const snn_axis *axis, uint32_t input, uint32_t *tap, uint32_t *output) {
  for (; *tap < axis->kernel; *tap += tap_step(axis)) {
    int32_t from = (int32_t)(input + axis->padding) - (int32_t)(*tap * axis->dilation);
    if (from < 0) {
      return 0;
    }
    *output = (uint32_t)from / axis->stride;
    if (*output < axis->out && (axis->dilation == 1 || *output * axis->stride == (uint32_t)from)) {
      return 1;
    }
  }
  return 0;
}

/* A row of a kernel whose outputs lie side by side, in the order of its weights. */
static void in_row(const snn_layer *l, void *state, const group *g, uint32_t row, uint32_t y) {
  const snn_axis *a = &l->columns;
  uint32_t last = g->column + a->padding; /* the output of the first tap, if it were there */
  uint32_t least = last < a->out ? 0 : last - a->out + 1;
  uint32_t most = last < a->kernel ? last : a->kernel - 1u;
  uint32_t from = row * a->kernel + a->kernel - 1 - most;
  uint32_t to = (y * a->out + last - most) * l->channels;
  for (uint32_t k = 0; least <= most && k < g->n; k++) {
    charge(l->weights, (g->channel[k] * l->rows.kernel * a->kernel + from) * l->channels, l, state,
           to, (most - least + 1) * l->channels, g->spikes[k]);
  }
}

static void in_all_windows(const snn_model *m, const snn_layer *l, void *state, const group *g) {
  int is_side_by_side =
      l->kind == SNN_CONVOLUTION && l->columns.stride == 1 && l->columns.dilation == 1;
  uint32_t y, x;
  for (uint32_t k = 0; l->kind == SNN_GATED && k < g->n; k++) {
    AT(int32_t, state, l->memory)[g->first + g->channel[k]] += g->spikes[k];
  }
  for (uint32_t i = first_tap(&l->rows, g->row); next_tap(&l->rows, g->row, &i, &y);
       i += tap_step(&l->rows)) {
    if (is_side_by_side) {
      in_row(l, state, g, i, y);
      continue;
    }
    for (uint32_t j = first_tap(&l->columns, g->column);
         next_tap(&l->columns, g->column, &j, &x); j += tap_step(&l->columns)) {
      in_window(m, l, state, g, (i + 1) * l->columns.kernel - 1 - j, y * l->columns.out + x);
    }
  }
}

/* Puts a spike beside those of its position. Neurons come in order, so no division is needed to
   find their place. */
static void gather(const snn_model *m, const snn_layer *l, void *state, group *g, uint32_t neuron,
                   int32_t spikes) {
  if (g->n == MOST || neuron - g->first >= g->channels) {
    in_all_windows(m, l, state, g);
    g->n = 0;
  }
  for (; neuron - g->first >= g->channels; g->first += g->channels) {
    g->column = g->column + 1 == l->columns.in ? 0 : g->column + 1;
    g->row += !g->column;
  }
  g->channel[g->n] = neuron - g->first;
  g->spikes[g->n++] = spikes;
}

/* ---- Neurons ---- */

/* A share of a value, in 4096ths, rounded towards zero to a whole number before the point. */
static int32_t kept(const snn_neurons *p, int64_t value, int32_t share) {
  return (int32_t)(value * share / ((int64_t)NO_LEAK << p->fraction)) * (1 << p->fraction);
}

static int32_t leaked(const snn_neurons *p, int32_t membrane, uint32_t channel) {
  int32_t share = of(p->leak, channel);
  return share == NO_LEAK && !p->rounds ? membrane : kept(p, membrane, share);
}

/* Fires a charged membrane if it is above the threshold, and resets and leaks it. */
static int fire(const snn_neurons *p, uint32_t channel, int32_t raised, int32_t *membrane) {
  int32_t threshold = of(p->threshold, channel);
  int32_t v = *membrane;
  int fires = v > threshold + raised;
  if (fires) {
    v = p->subtracts ? v - threshold - raised : of(p->reset, channel);
  }
  if (p->floored && v < -threshold) {
    v = -threshold;
  }
  *membrane = leaked(p, v, channel);
  return fires;
}

/* Membranes that weights were added to directly: some channels at a time, at every position. Those
   that only have to be compared and reset become vectors where there are any. */
#define FIRE(S)                                                                              \
  static void fire##S(const snn_layer *l, void *state, const snn_place *out) {               \
    const snn_neurons *p = l->neuron;                                                        \
    int keeps = !p->floored && !p->leak.step && p->leak.values[0] == NO_LEAK;                \
    int32_t bias[MOST], threshold[MOST], more[MOST], share = p->subtracts ? -1 : 0;          \
    uint32_t bit[MOST];                                                                      \
    for (uint32_t first = 0; first < l->channels; first += MOST) {                           \
      uint32_t n = l->channels - first < MOST ? l->channels - first : MOST;                  \
      for (uint32_t i = 0; i < n; i++) {                                                     \
        bias[i] = l->bias.values ? of(l->bias, first + i) : 0;                               \
        threshold[i] = of(p->threshold, first + i);                                          \
        more[i] = share ? -threshold[i] : of(p->reset, first + i);                           \
        bit[i] = 1u << i;                                                                    \
      }                                                                                      \
      for (uint32_t at = first; at < l->neurons; at += l->channels) {                        \
        int##S##_t *u = AT(int##S##_t, state, l->sums) + at;                                 \
        uint32_t fired = 0;                                                                  \
        if (keeps && n == MOST) {                                                            \
          for (int i = 0; i < MOST; i++) {                                                   \
            int32_t v = u[i] + bias[i];                                                      \
            fired |= v > threshold[i] ? bit[i] : 0;                                          \
            u[i] = (int##S##_t)(v > threshold[i] ? (v & share) + more[i] : v);               \
          }                                                                                  \
        } else {                                                                             \
          for (uint32_t i = 0; i < n; i++) {                                                 \
            int32_t v = u[i] + bias[i];                                                      \
            fired |= (!keeps || v > threshold[i]) && fire(p, first + i, 0, &v) ? bit[i] : 0; \
            u[i] = (int##S##_t)v;                                                            \
          }                                                                                  \
        }                                                                                    \
        uint8_t *bytes = AT(uint8_t, state, out->offset) + (at >> 3);                        \
        for (fired <<= at & 7u; fired; fired >>= 8, bytes++) {                               \
          *bytes = (uint8_t)(*bytes | fired);                                                \
        }                                                                                    \
      }                                                                                      \
    }                                                                                        \
  }
FIRE(8)
FIRE(16)
FIRE(32)

static int32_t bounded(int64_t value) {
  return (int32_t)(value > MOST_ADLIF ? MOST_ADLIF : value < -MOST_ADLIF ? -MOST_ADLIF : value);
}

/* One step of a neuron with adaptation that its membrane feeds; states have 8 bits behind the
   point. */
static int fire_adlif(const snn_neurons *p, uint32_t c, int32_t current, int32_t *u, int32_t *w,
                      int fired) {
  int64_t alpha = of(p->leak, c);
  int64_t kept_w = (int64_t)of(p->second, c) * *w + (int64_t)of(p->fourth, c) * *u;
  int32_t adapted = bounded(kept_w / 65536 + (fired ? of(p->third, c) : 0));
  int64_t drive = (int64_t)current * (256 >> p->fraction) - (p->early ? adapted : *w);
  int32_t v = bounded((alpha * *u + (65536 - alpha) * drive) / 65536);
  int fires = v > of(p->threshold, c) * 256;
  *w = adapted;
  *u = fires ? 0 : v;
  return fires;
}

/* Neurons with more than a membrane, in 32 bits. */
static void fire_others(const snn_layer *l, void *state, const snn_place *out) {
  const snn_neurons *p = l->neuron;
  int32_t *x = AT(int32_t, state, l->sums);
  int32_t *u = AT(int32_t, state, l->membrane);
  int32_t *a = AT(int32_t, state, l->memory);
  uint8_t *last = AT(uint8_t, state, l->last);
  for (uint32_t n = 0; n < l->neurons;) {
    for (uint32_t c = 0; c < l->channels; c++, n++) {
      int32_t current = x[n] + (l->bias.values ? of(l->bias, c) : 0);
      int fires = 0;
      x[n] = 0;
      switch (p->kind) {
        case SNN_SYNAPTIC:
          u[n] += current;
          fires = fire(p, c, 0, &u[n]);
          x[n] = kept(p, current, of(p->second, c));
          break;
        case SNN_ADAPTIVE:
          u[n] += current;
          fires = fire(p, c, a[n], &u[n]);
          a[n] = kept(p, a[n], of(p->second, c)) + (fires ? of(p->third, c) : 0);
          break;
        case SNN_REFRACTORY:
          if (a[n]) {
            int32_t threshold = of(p->threshold, c);
            a[n]--;
            u[n] = p->floored && u[n] < -threshold ? -threshold : u[n];
            u[n] = leaked(p, u[n], c);
          } else {
            u[n] += current;
            fires = fire(p, c, 0, &u[n]);
            a[n] = fires ? of(p->second, c) : 0;
          }
          break;
        default: /* SNN_ADLIF */
          fires = fire_adlif(p, c, current, &u[n], &a[n], last[n]);
          last[n] = (uint8_t)fires;
      }
      if (fires) {
        put(out, state, n, 1);
      }
    }
  }
}

static void recur(const snn_model *m, const snn_layer *l, void *state) {
  cursor c = spikes_of(&m->places[l->place], state);
  int32_t one = 1 << l->neuron->fraction;
  uint32_t n = l->one_to_one ? 1 : l->neurons;
  int32_t spikes;
  for (uint32_t neuron; next_spike(&c, &neuron, &spikes);) {
    charge(l->recurrent, neuron * n, l, state, l->one_to_one ? neuron : 0, n, one);
  }
}

static uint8_t *slot(const snn_layer *l, void *state, uint32_t bytes, uint32_t steps) {
  uint32_t now = *AT(uint32_t, state, 0);
  return AT(uint8_t, state, l->memory) + (now + steps) % l->slots * bytes;
}

static void delay(const snn_model *m, const snn_layer *l, void *state, uint32_t neuron,
                  int32_t spikes) {
  snn_place later = m->places[l->place];
  uint32_t index = l->steps.step == 2 ? neuron : neuron % l->channels * l->steps.step;
  uint8_t *bytes = slot(l, state, bytes_of(&later), (uint32_t)l->steps.values[index]);
  later.offset = (uint32_t)(bytes - AT(uint8_t, state, 0));
  put(&later, state, neuron, spikes);
}

/* Of two layers, the spikes of the first one decide. */
static void compare(const snn_model *m, const snn_layer *l, void *state, const snn_input *from,
                    uint32_t neuron) {
  int32_t other = got(&m->places[l->input[1].place], state, neuron);
  if (from == l->input && other == (l->kind == SNN_AND)) {
    put(&m->places[l->place], state, neuron, 1);
  }
}

static void receive(const snn_model *m, const snn_layer *l, void *state, const snn_input *from,
                    group *g, uint32_t neuron, int32_t spikes) {
  switch (l->kind) {
    case SNN_DENSE:
    case SNN_INTEGRATOR:
    case SNN_COUNT:
      if (l->weights.values) {
        charge(l->weights, neuron * l->channels, l, state, 0, l->channels, spikes);
      } else {
        AT(int32_t, state, l->sums)[neuron] += spikes;
      }
      break;
    case SNN_DELAY: delay(m, l, state, neuron, spikes); break;
    case SNN_ADD: put(&m->places[l->place], state, neuron, spikes * (1 << from->before)); break;
    case SNN_CONCATENATE:
      put(&m->places[l->place], state, neuron / g->channels * l->channels + from->before
          + neuron % g->channels, spikes);
      break;
    case SNN_AND:
    case SNN_AND_NOT: compare(m, l, state, from, neuron); break;
    default: gather(m, l, state, g, neuron, spikes);
  }
}

/* Leaky sums leak before they are charged. */
static void leak(const snn_layer *l, void *state) {
  int32_t *v = AT(int32_t, state, l->sums);
  for (uint32_t n = 0; n < l->neurons; n++) {
    v[n] = (int32_t)((int64_t)v[n] * of(l->neuron->leak, n) / NO_LEAK);
  }
}

static void note(const snn_layer *l, void *state) {
  int32_t *v = AT(int32_t, state, l->sums);
  int32_t *read = AT(int32_t, state, l->last);
  int is_first = !*AT(uint32_t, state, 0);
  for (uint32_t n = 0; n < l->neurons; n++) {
    v[n] += l->bias.values ? of(l->bias, n) : 0;
    int is_larger = is_first || v[n] > read[n];
    read[n] = l->reading == SNN_MEAN ? read[n] + v[n] : is_larger ? v[n] : read[n];
  }
}

/* Passes on the currents of a layer without neurons. */
static void pass_on(const snn_layer *l, void *state, const snn_place *out) {
  uint8_t *sums = AT(uint8_t, state, l->sums);
  for (uint32_t n = 0; n < l->neurons; n++) {
    int32_t bias = l->bias.values ? of(l->bias, n % l->channels) : 0;
    int32_t current = count_at(sums, l->bytes, n) + bias;
    if (current) { /* which may be a bit */
      put(out, state, n, current);
    }
  }
  memset(sums, 0, l->bytes * l->neurons);
}

static void finish(const snn_model *m, const snn_layer *l, void *state) {
  const snn_place *out = &m->places[l->place];
  if (l->kind == SNN_DELAY) {
    uint32_t bytes = bytes_of(out);
    uint8_t *now = slot(l, state, bytes, 0);
    memcpy(AT(uint8_t, state, out->offset), now, bytes);
    memset(now, 0, bytes);
  } else if (l->kind == SNN_INTEGRATOR) {
    note(l, state);
  } else if (l->kind > SNN_DEPTHWISE) {
    return; /* nothing is left to do */
  } else if (!l->neuron) {
    pass_on(l, state, out);
  } else if (l->neuron->kind != SNN_INTEGRATE) {
    fire_others(l, state, out);
  } else if (l->bytes == 1) {
    fire8(l, state, out);
  } else if (l->bytes == 2) {
    fire16(l, state, out);
  } else {
    fire32(l, state, out);
  }
}

static void run(const snn_model *m, const snn_layer *l, void *state) {
  if (l->kind == SNN_INTEGRATOR) {
    leak(l, state);
  }
  if (l->recurrent.values) {
    recur(m, l, state);
  }
  if (l->place) {
    memset(AT(uint8_t, state, m->places[l->place].offset), 0, bytes_of(&m->places[l->place]));
  }
  for (uint32_t k = 0; k < l->inputs; k++) {
    const snn_place *from = &m->places[l->input[k].place];
    cursor c = spikes_of(from, state);
    group g = {.channels = from->channels};
    int32_t spikes;
    for (uint32_t neuron; next_spike(&c, &neuron, &spikes);) {
      receive(m, l, state, &l->input[k], &g, neuron, spikes);
    }
    if (g.n) {
      in_all_windows(m, l, state, &g);
    }
  }
  finish(m, l, state);
}

static void begin(const snn_layer *l, void *state) {
  for (uint32_t n = 0; l->initial && n < l->neurons; n++) {
    int32_t value = l->initial[n % l->channels];
    if (l->bytes == 1) {
      AT(int8_t, state, l->sums)[n] = (int8_t)value;
    } else if (l->bytes == 2) {
      AT(int16_t, state, l->sums)[n] = (int16_t)value;
    } else {
      AT(int32_t, state, l->membrane ? l->membrane : l->sums)[n] = value;
    }
  }
}

void snn_reset(const snn_model *m, void *state) {
  memset(state, 0, m->state_bytes);
  for (uint32_t k = 0; k < m->layer_count; k++) {
    begin(&m->layers[k], state);
  }
}

static int takes_features(const snn_model *m) {
  return m->least_feature || m->most_feature;
}

int snn_present(const snn_model *m, void *state, const int16_t *features) {
  for (uint32_t n = 0; n < m->places[0].size; n++) {
    if (features[n] > m->most_feature || features[n] < m->least_feature) {
      return 0;
    }
  }
  memcpy(AT(int16_t, state, m->places[0].offset), features, m->places[0].size * sizeof(int16_t));
  return 1;
}

/* Puts spikes into an empty input; 0 if there are too many. */
static int put_input(const snn_model *m, void *state, uint32_t neuron, int32_t spikes) {
  const snn_place *in = &m->places[0];
  int32_t sum = neuron < in->size ? got(in, state, neuron) + spikes : m->most_input + 1;
  if (!in->counts && sum == 2 && spikes == 1) {
    return 1; /* the same event twice is one */
  }
  if (sum > m->most_input || sum < (in->counts ? -m->most_input : 0)) {
    return 0;
  }
  if (spikes) {
    put(in, state, neuron, spikes);
  }
  return 1;
}

static int begin_step(const snn_model *m, void *state) {
  if (*READ(uint32_t, state, 0) >= m->most_steps) {
    return 0;
  }
  if (!takes_features(m)) {
    memset(AT(uint8_t, state, m->places[0].offset), 0, bytes_of(&m->places[0]));
  }
  return 1;
}

static int end_step(const snn_model *m, void *state) {
  for (uint32_t k = 0; k < m->layer_count; k++) {
    run(m, &m->layers[k], state);
  }
  ++*AT(uint32_t, state, 0);
  return 1;
}

int snn_step(const snn_model *m, void *state, const uint32_t *events, size_t count) {
  int fits = begin_step(m, state) && !(count && takes_features(m));
  for (size_t k = 0; fits && k < count; k++) {
    fits = put_input(m, state, events[k], 1);
  }
  return fits && end_step(m, state);
}

int snn_step_frame(const snn_model *m, void *state, const int8_t *spikes) {
  int fits = begin_step(m, state) && !takes_features(m);
  for (uint32_t n = 0; fits && n < m->places[0].size; n++) {
    fits = put_input(m, state, n, spikes[n]);
  }
  return fits && end_step(m, state);
}

uint32_t snn_spikes(const snn_model *m, const void *state, uint16_t place) {
  int32_t sum = 0;
  for (uint32_t n = 0; n < m->places[place].size; n++) {
    sum += got(&m->places[place], state, n);
  }
  return (uint32_t)sum;
}

static int32_t score(const snn_model *m, const void *state, uint32_t n) {
  const snn_layer *l = &m->layers[m->layer_count - 1];
  if (l->kind == SNN_INTEGRATOR) {
    return READ(int32_t, state, l->reading == SNN_LAST ? l->sums : l->last)[n];
  }
  int32_t steps = (int32_t)*READ(uint32_t, state, 0);
  return READ(int32_t, state, l->sums)[n] + (l->bias.values ? steps * of(l->bias, n) : 0);
}

void snn_scores(const snn_model *m, const void *state, int32_t *scores) {
  for (uint32_t n = 0; n < m->outputs; n++) {
    scores[n] = score(m, state, n);
  }
}

uint16_t snn_answer(const snn_model *m, const void *state) {
  uint32_t best = 0;
  for (uint32_t n = 1; n < m->outputs; n++) {
    best = score(m, state, n) > score(m, state, best) ? n : best;
  }
  return (uint16_t)best;
}
