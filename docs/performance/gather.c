/*
 * The additions of a 3 x 3 or 5 x 5 convolution to 64 channels in C, for the comparison in
 * ../performance.md: a position adds the weights of the spikes in its window, in order, and fires.
 * Spikes are random and listed beforehand, so listing is not timed.
 *
 *   gcc -O3 -march=native gather.c -o gather -lm        (needs AVX-512)
 *   ./gather columns 5 20 14 0.036 64    (kernel, input channels, side, density, samples)
 *   ./gather rows 3 64 32 0.16 16
 */
#include <immintrin.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHANNELS = 64, STEPS = 16, ROUNDS = 12 };

typedef struct {
  __m512 v[4];
} Membranes;

static int kernel, inputs, side, half;
static float *weights, *potentials;
static unsigned *words;

static double micros(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec * 1e-3;
}

static inline void add(float *u, const int *events, int from, int end, int shift) {
  Membranes m;
  for (int k = 0; k < 4; k++) m.v[k] = _mm512_load_ps(u + 16 * k);
  for (int e = from; e < end; e++) {
    const float *row = weights + (long)(events[e] - shift) * CHANNELS;
    for (int k = 0; k < 4; k++) m.v[k] = _mm512_add_ps(m.v[k], _mm512_load_ps(row + 16 * k));
  }
  for (int k = 0; k < 4; k++) _mm512_store_ps(u + 16 * k, m.v[k]);
}

static inline void fire(float *u, unsigned *word) {
  unsigned bits[4];
  for (int k = 0; k < 4; k++) {
    __m512 v = _mm512_load_ps(u + 16 * k);
    bits[k] = _mm512_cmp_ps_mask(v, _mm512_set1_ps(1), _CMP_GT_OQ);
    _mm512_store_ps(u + 16 * k, _mm512_maskz_mov_ps((__mmask16)~bits[k], v));
  }
  word[0] = bits[0] | bits[1] << 16;
  word[1] = bits[2] | bits[3] << 16;
}

static int least(int row) { return row < half ? 0 : row - half; }

static int end(int row) { return row + half + 1 > side ? side : row + half + 1; }

/* One column of positions after another; its list has the spikes of all columns of the window. */
static long columns(int *const *events, int *const *first) {
  long added = 0;
  for (int column = 0; column < side; column++)
    for (int step = 0; step < STEPS; step++) {
      const int *bounds = first[0] + (column * STEPS + step) * (side + 1);
      for (int row = 0; row < side; row++) {
        float *u = potentials + (column * side + row) * CHANNELS;
        int from = bounds[least(row)], to = bounds[end(row)];
        add(u, events[0], from, to, (row - half) * kernel * inputs);
        fire(u, words + 2 * (column * side + row));
        added += to - from;
      }
    }
  return added;
}

/* One row of the window after another, for a row of positions. */
static long rows(int *const *events, int *const *first) {
  long added = 0;
  for (int step = 0; step < STEPS; step++)
    for (int row = 0; row < side; row++) {
      float *u = potentials + row * side * CHANNELS;
      for (int input = least(row); input < end(row); input++)
        for (int column = 0; column < side; column++) {
          int from = first[step][input * side + least(column)];
          int to = first[step][input * side + end(column)];
          int tap = (input - row + half) * kernel * inputs;
          add(u + column * CHANNELS, events[step], from, to,
              (input * side + column - half) * inputs - tap);
          added += to - from;
        }
      for (int column = 0; column < side; column++)
        fire(u + column * CHANNELS, words + 2 * (row * side + column));
    }
  return added;
}

int main(int argc, char **argv) {
  if (argc != 7) {
    fprintf(stderr, "usage: gather columns|rows KERNEL INPUTS SIDE DENSITY SAMPLES\n");
    return 2;
  }
  int byRows = !strcmp(argv[1], "rows");
  kernel = atoi(argv[2]), inputs = atoi(argv[3]), side = atoi(argv[4]), half = kernel / 2;
  double density = atof(argv[5]);
  int samples = atoi(argv[6]), taps = kernel * kernel * inputs, neurons = side * side * inputs;
  weights = aligned_alloc(64, sizeof(float) * CHANNELS * taps);
  potentials = aligned_alloc(64, sizeof(float) * CHANNELS * side * side);
  words = malloc(8 * side * side);
  srand(1);
  for (int i = 0; i < CHANNELS * taps; i++)
    weights[i] = (rand() / (float)RAND_MAX - 0.5f) * sqrtf(24.f / taps);
  int lists = byRows ? STEPS : 1;
  int **events = malloc(sizeof(int *) * lists * samples);
  int **first = malloc(sizeof(int *) * lists * samples);
  char *spikes = malloc((long)STEPS * neurons);
  for (int sample = 0; sample < samples; sample++) {
    for (long i = 0; i < (long)STEPS * neurons; i++) spikes[i] = rand() / (double)RAND_MAX < density;
    if (byRows) {
      for (int step = 0; step < STEPS; step++) {
        int n = 0, *e = malloc(sizeof(int) * neurons), *f = malloc(sizeof(int) * (side * side + 1));
        for (int i = 0; i < neurons; i++) {
          if (i % inputs == 0) f[i / inputs] = n;
          if (spikes[(long)step * neurons + i]) e[n++] = i;
        }
        f[side * side] = n;
        events[sample * STEPS + step] = e, first[sample * STEPS + step] = f;
      }
      continue;
    }
    int n = 0, *e = malloc(sizeof(int) * STEPS * side * side * kernel * inputs);
    int *f = malloc(sizeof(int) * side * STEPS * (side + 1));
    for (int column = 0; column < side; column++)
      for (int step = 0; step < STEPS; step++) {
        int *bounds = f + (column * STEPS + step) * (side + 1);
        for (int row = 0; row < side; row++) {
          bounds[row] = n;
          for (int x = least(column); x < end(column); x++)
            for (int c = 0; c < inputs; c++)
              if (spikes[((long)(step * side + row) * side + x) * inputs + c])
                e[n++] = (row * kernel + x - column + half) * inputs + c;
        }
        bounds[side] = n;
      }
    events[sample] = e, first[sample] = f;
  }
  double best = 1e18;
  long added = 0;
  for (int round = 0; round < ROUNDS; round++) {
    added = 0;
    double start = micros();
    for (int sample = 0; sample < samples; sample++) {
      memset(potentials, 0, sizeof(float) * CHANNELS * side * side);
      int at = sample * lists;
      added += byRows ? rows(events + at, first + at) : columns(events + at, first + at);
    }
    double took = micros() - start;
    best = took < best ? took : best;
  }
  printf("%s %dx%d, %d channels, %dx%d, density %g: %.2f us a step, %.2f ns a spike\n", argv[1],
         kernel, kernel, inputs, side, side, density, best / samples / STEPS, best * 1e3 / added);
  return 0;
}
