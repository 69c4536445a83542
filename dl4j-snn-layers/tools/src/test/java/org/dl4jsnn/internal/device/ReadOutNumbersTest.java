package org.dl4jsnn.internal.device;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class ReadOutNumbersTest {

  /** 10,000 spikes a step, counted without weights. */
  @Test
  void shouldRefuseWindowsWhoseCountsExceed32Bits() {
    SpikeRange spikes = new SpikeRange(0, 10_000);
    float[] none = {};
    assertDoesNotThrow(() -> ReadOutNumbers.of(none, none, 1, spikes, 100_000));
    assertRefused(
        () -> ReadOutNumbers.of(none, none, 1, spikes, 300_000),
        "a window must be shorter for scores of 32 bits");
  }
}
