package org.dl4jsnn.gradient;

import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.neuron.NeuronParameter;

/**
 * Gathers the gradients of the parameters that a layer's neurons learn (equation 41 of
 * docs/mathematics.md), sample by sample, so that their sum does not depend on the number of
 * threads.
 */
final class LearnedGradients {

  private final int[] learned;

  /** [sample][learned][channel]. */
  private final double[][][] ofSamples;

  LearnedGradients(List<NeuronParameter> parameters, int minibatch, int channels) {
    this.learned =
        IntStream.range(0, parameters.size()).filter(p -> parameters.get(p).isLearned()).toArray();
    this.ofSamples = new double[minibatch][learned.length][channels];
  }

  /** Where the gradients of a sample are added, [learned][channel]. */
  double[][] ofSample(int sample) {
    return ofSamples[sample];
  }

  /** Passes the sums to the layer. */
  void collect(LayerPass pass) {
    for (int l = 0; l < learned.length; l++) {
      double[] sum = new double[ofSamples[0][l].length];
      for (double[][] ofSample : ofSamples) {
        for (int channel = 0; channel < sum.length; channel++) {
          sum[channel] += ofSample[l][channel];
        }
      }
      pass.learn(learned[l], sum);
    }
  }
}
