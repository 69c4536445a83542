package org.dl4jsnn.examples.guide;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

// begin encoder
/**
 * Rate coding without noise: a feature x in [0, 1] fires ⌊x · t⌋ times in the first t steps, as
 * evenly as possible.
 *
 * @param steps T
 */
public record EvenSpikes(@JsonProperty("steps") int steps) implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  @Override
  public FeatureShape shapeFor(InputType features) {
    return FeatureShapes.of(features);
  }

  @Override
  public SpikeTrain encode(INDArray features, NoiseKey noise) {
    FeatureShape shape = FeatureShapes.ofSamples(features);
    float[] x = features.dup('c').data().asFloat();
    float[] totals = new float[x.length];
    EventSpikeTrain.Sample[] samples =
        new EventSpikeTrain.Sample[Math.toIntExact(features.size(0))];
    for (int sample = 0; sample < samples.length; sample++) {
      samples[sample] = encode(shape, x, sample * shape.neurons(), totals);
    }
    return new EventSpikeTrain(shape, steps, samples, true, totals);
  }

  private EventSpikeTrain.Sample encode(FeatureShape shape, float[] x, int first, float[] totals) {
    int[] firstOfStep = new int[steps + 1];
    int[] neurons = new int[steps * shape.neurons()];
    int events = 0;
    for (int step = 0; step < steps; step++) {
      for (int neuron = 0; neuron < shape.neurons(); neuron++) {
        int index = first + shape.arrayIndex(neuron);
        if (!(x[index] >= 0 && x[index] <= 1)) {
          throw new IllegalArgumentException(
              "features must be from 0 to 1, got " + x[index] + ". Possible cause: not normalised");
        }
        if ((int) (x[index] * (step + 1)) > (int) (x[index] * step)) {
          neurons[events++] = neuron;
          totals[index]++;
        }
      }
      firstOfStep[step + 1] = events;
    }
    return new EventSpikeTrain.Sample(firstOfStep, Arrays.copyOf(neurons, events), null);
  }

  @Override
  public SpikeEncoder withSteps(int other) {
    return new EvenSpikes(other);
  }

  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    featureGradient.assign(rateGradient); // the rate is x, except for rounding
  }
}
// end encoder
