/* Answers samples: the number of steps and of samples, then features. Prints the answers, then the
   processor's milliseconds per sample. */
#include "digits.h"

#include <stdio.h>
#include <time.h>

int main(void) {
  static digits_state state;
  static int16_t features[digits_INPUTS];
  int steps, samples;
  clock_t spent = 0;
  if (scanf("%d %d", &steps, &samples) != 2) {
    return 2;
  }
  for (int s = 0; s < samples; s++) {
    for (unsigned n = 0; n < digits_INPUTS; n++) {
      int value;
      if (scanf("%d", &value) != 1) {
        return 2;
      }
      features[n] = (int16_t)value;
    }
    clock_t start = clock();
    digits_reset(&state);
    if (!digits_present(&state, features)) {
      return 3;
    }
    for (int t = 0; t < steps; t++) {
      digits_step(&state, NULL, 0);
    }
    spent += clock() - start;
    printf("%d\n", digits_answer(&state));
  }
  printf("%.3f\n", 1e3 * (double)spent / (double)CLOCKS_PER_SEC / samples);
  return 0;
}
