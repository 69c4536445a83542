package org.dl4jsnn.synapse;

import org.dl4jsnn.spike.SpikeEvents;

/**
 * Charges a convolution layer: an event adds, for every kernel row, one contiguous run of weights
 * (with a dilated kernel one run a kernel column) to the membrane, as {@link ConvolutionRuns} lays
 * it out.
 */
final class ConvolutionCharge implements ChargeKernel {

  private final ConvolutionRuns runs;
  private final float[] scratch;

  /**
   * A kernel.
   *
   * @param runs the weights and where each input position adds them
   */
  ConvolutionCharge(ConvolutionRuns runs) {
    this.runs = runs;
    this.scratch = new float[runs.layout().size()];
  }

  @Override
  public void charge(SpikeEvents events, float[] membrane) {
    int channels = runs.inputChannels();
    float[] weights = runs.weights();
    for (int e = 0; e < events.size(); e++) {
      int position = events.neuron(e) / channels;
      int channel = events.neuron(e) % channels;
      float amplitude = events.amplitude(e);
      ConvolutionRuns.Phase phase = runs.phaseOf(position);
      int base = runs.baseOf(position);
      int from = phase.weightsOf(channel);
      for (int run = 0; run < phase.runs(); run++) {
        int to = base + phase.offset(run);
        int length = phase.length(run);
        WeightRun.add(membrane, to, weights, from, length, amplitude, scratch);
        from += length;
      }
    }
  }
}
