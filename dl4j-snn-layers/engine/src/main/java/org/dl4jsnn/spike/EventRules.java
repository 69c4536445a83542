package org.dl4jsnn.spike;

import org.dl4jsnn.internal.Require;

/**
 * What the events of a sample must look like.
 *
 * @param neurons neurons of the train
 * @param steps T
 * @param unitSpikes whether all amplitudes are 1
 */
record EventRules(int neurons, int steps, boolean unitSpikes) {

  void check(int index, EventSpikeTrain.Sample sample) {
    Require.given("sample " + index, sample);
    int[] firstOfStep = Require.given("firstOfStep", sample.firstOfStep());
    int[] events = Require.given("neurons", sample.neurons());
    checkSteps(index, firstOfStep, events.length);
    checkAmplitudes(index, sample.amplitudes(), events.length);
    boolean signed = sample.amplitudes() == null && !unitSpikes;
    for (int step = 0; step < steps; step++) {
      checkNeurons(index, step, firstOfStep[step], firstOfStep[step + 1], events, signed);
    }
  }

  private void checkSteps(int index, int[] firstOfStep, int events) {
    if (firstOfStep.length != steps + 1 || firstOfStep[0] != 0 || firstOfStep[steps] != events) {
      throw wrong(
          index,
          "firstOfStep must be "
              + (steps + 1)
              + " numbers from 0 to the number of events, "
              + events,
          firstOfStep.length == 0
              ? "none"
              : firstOfStep.length
                  + " from "
                  + firstOfStep[0]
                  + " to "
                  + firstOfStep[firstOfStep.length - 1]);
    }
    for (int step = 0; step < steps; step++) {
      if (firstOfStep[step] > firstOfStep[step + 1]) {
        throw wrong(
            index,
            "firstOfStep must not decrease",
            firstOfStep[step + 1] + " after " + firstOfStep[step]);
      }
    }
  }

  private void checkAmplitudes(int index, float[] amplitudes, int events) {
    if (amplitudes != null && amplitudes.length != events) {
      throw wrong(
          index, "amplitudes must be one per event, " + events, amplitudes.length + " numbers");
    }
    if (amplitudes != null && unitSpikes) {
      throw wrong(index, "amplitudes must be null if all are 1", amplitudes.length + " numbers");
    }
  }

  private void checkNeurons(int index, int step, int first, int end, int[] events, boolean signed) {
    int before = -1;
    for (int e = first; e < end; e++) {
      int code = events[e];
      int neuron = signed ? code ^ code >> Integer.SIZE - 1 : code;
      if (neuron <= before || neuron >= neurons) {
        throw wrong(
            index,
            "neurons of a step must increase, from 0 to at most " + (neurons - 1),
            neuron
                + (before < 0 ? " first" : " after " + before)
                + " in step "
                + step
                + (code < 0 && !signed ? ", which stands for an amplitude of -1" : ""));
      }
      before = neuron;
    }
  }

  private static IllegalArgumentException wrong(int sample, String rule, String got) {
    return new IllegalArgumentException(rule + ", got " + got + " in sample " + sample);
  }
}
