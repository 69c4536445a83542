/* The same on a Cortex-M4, with the samples in flash: SAMPLES and samples.h are the test's. */
#include "digits.h"
#include "samples.h"

#include <stdint.h>
#include <stdio.h>

extern uint32_t stack_top;
void _start(void);
void reset(void);

void reset(void) { _start(); }

static void stop(void) {
  for (;;) {
  }
}

__attribute__((section(".vectors"), used)) static const struct {
  uint32_t *stack;
  void (*handlers[3])(void);
} vectors = {&stack_top, {reset, stop, stop}};

int self_test(void);

static digits_state state;

int main(void) {
  printf("self-test %d\n", self_test());
  for (int s = 0; s < SAMPLES; s++) {
    digits_reset(&state);
    digits_present(&state, samples[s]);
    for (int t = 0; t < (int)digits_STEPS; t++) {
      digits_step(&state, NULL, 0);
    }
    printf("%d\n", digits_answer(&state));
  }
  return 0;
}
