/* Runs networks on frames or features from standard input and prints a sum of every place's spikes
   in every step, then the scores: how CExportTest sees what a program does. */
#include "snn.h"

#include <stdio.h>
#include <stdlib.h>

extern const snn_model *const models[];

static int value(void) {
  int v;
  if (scanf("%d", &v) != 1) {
    exit(2);
  }
  return v;
}

static uint32_t sum_of(const snn_place *place, const uint8_t *state) {
  uint32_t sum = 2166136261u;
  for (uint32_t n = 0; n < place->size; n++) {
    const uint8_t *spikes = state + place->offset;
    int32_t count = place->counts == 1   ? (int8_t)spikes[n]
                    : place->counts == 2 ? ((const int16_t *)(const void *)spikes)[n]
                    : place->counts      ? ((const int32_t *)(const void *)spikes)[n]
                                       : spikes[n / 8] >> n % 8 & 1;
    if (count) {
      sum = (sum ^ n) * 16777619u;
      sum = (sum ^ (uint32_t)count) * 16777619u;
    }
  }
  return sum;
}

int main(void) {
  int networks = value();
  for (int k = 0; k < networks; k++) {
    const snn_model *m = models[k];
    uint32_t size = m->places[0].size;
    uint8_t *state = malloc(m->state_bytes);
    int16_t *features = malloc(size * sizeof(int16_t));
    int8_t *frame = malloc(size);
    int32_t *scores = malloc(m->outputs * sizeof(int32_t));
    int samples = value();
    for (int s = 0; s < samples; s++) {
      int steps = value();
      int constant = value();
      snn_reset(m, state);
      if (constant) {
        for (uint32_t n = 0; n < size; n++) {
          features[n] = (int16_t)value();
        }
        snn_present(m, state, features);
      }
      for (int t = 0; t < steps; t++) {
        int done;
        if (constant) {
          done = snn_step(m, state, NULL, 0);
        } else {
          for (uint32_t n = 0; n < size; n++) {
            frame[n] = (int8_t)value();
          }
          done = snn_step_frame(m, state, frame);
        }
        printf("%d", done);
        for (uint16_t p = 1; p < m->place_count; p++) {
          printf(" %u", sum_of(&m->places[p], state));
        }
        printf("\n");
      }
      snn_scores(m, state, scores);
      for (uint16_t n = 0; n < m->outputs; n++) {
        printf("%d ", (int)scores[n]);
      }
      printf("%d\n", snn_answer(m, state));
    }
    free(state);
    free(features);
    free(frame);
    free(scores);
  }
  return 0;
}
