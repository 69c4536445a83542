package org.dl4jsnn.encode;

import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.Require;
import org.dl4jsnn.simulate.ParallelSamples;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.HostArrays;
import org.dl4jsnn.spike.SignedSpikeTrain;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Signed Poisson rate coding (equation 7 of docs/mathematics.md): at every step a neuron fires with
 * probability min(1, g·|x|), with the sign of x.
 *
 * <pre>  s[t] = sign(x) · 1[g·|x| &gt; r],   r uniform in [0, 1), fresh for every neuron and step
 * </pre>
 *
 * with x the feature and g the gain. Features are [minibatch, n] or [minibatch, channels, height,
 * width].
 */
public final class PoissonEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /** Draws are whole numbers below 2³². */
  private static final double DRAWS = 0x1p32;

  private static final long DRAW_MASK = 0xFFFFFFFFL;

  /** T. */
  @JsonProperty private final int steps;

  /** g. */
  @JsonProperty private final double gain;

  /**
   * An encoder.
   *
   * @param steps T, at least 1
   * @param gain g; positive and finite
   * @throws IllegalArgumentException if a parameter breaks its rule
   */
  @JsonCreator
  public PoissonEncoder(@JsonProperty("steps") int steps, @JsonProperty("gain") double gain) {
    this.steps = Require.atLeast("steps", steps, 1);
    this.gain = Require.positiveFinite("gain", gain);
  }

  @Override
  public FeatureShape shapeFor(InputType features) {
    if (features instanceof InputType.InputTypeConvolutionalFlat flat) {
      return FeatureShape.image(
          (int) flat.getDepth(), (int) flat.getHeight(), (int) flat.getWidth());
    }
    if (features instanceof InputType.InputTypeRecurrent
        || features instanceof InputType.InputTypeConvolutional3D) {
      throw new IllegalArgumentException(
          "features must not have a time axis, got "
              + features
              + ". Possible cause: recorded events or frames need SpikeEncoding.frames()");
    }
    return FeatureShape.of(features);
  }

  @Override
  public SpikeTrain encode(INDArray features, NoiseKey noise) {
    FeatureShape shape = FeatureShape.ofSamples(features);
    int minibatch = Math.toIntExact(features.size(0));
    int neurons = shape.neurons();
    float[] x = Features.finite(HostArrays.floats(features), neurons);
    BitLayout layout = BitLayout.of(shape);
    boolean signed = Features.hasNegative(x);
    int[][] fired = new int[minibatch][];
    int[][] negative = signed ? new int[minibatch][layout.perStep()] : null;
    float[] totals = new float[x.length];

    ParallelSamples.run(
        minibatch,
        () ->
            sample -> {
              int[] bits = layout.words(steps);
              fired[sample] = bits;
              long stream = noise.stream(sample);
              int index = sample * neurons;
              for (int channel = 0; channel < shape.channels(); channel++) {
                for (int position = 0; position < shape.positions(); position++, index++) {
                  if (x[index] != 0) {
                    int word = layout.word(0, position, channel);
                    long neuron = (long) position * shape.channels() + channel;
                    int spikes =
                        fire(
                            bits,
                            word,
                            layout.perStep(),
                            channel,
                            Math.abs(x[index]),
                            stream,
                            neuron);
                    totals[index] = x[index] < 0 ? -spikes : spikes;
                    if (x[index] < 0) {
                      negative[sample][word] |= 1 << channel;
                    }
                  }
                }
              }
            });
    return signed
        ? new SignedSpikeTrain(shape, steps, fired, negative, totals)
        : new BinarySpikeTrain(shape, steps, fired, totals);
  }

  /** Draws the spikes of one neuron; two steps a draw of 64 bits. Returns their number. */
  private int fire(
      int[] bits, int word, int perStep, int bit, double magnitude, long stream, long neuron) {
    // g·|x| > r, for r = d / 2³² and whole numbers d, is d < ⌈g·|x| · 2³²⌉.
    long limit = (long) Math.ceil(Math.min(1, gain * magnitude) * DRAWS);
    long counter = neuron << Integer.SIZE;
    int spikes = 0;
    for (int step = 0; step < steps; step += 2) {
      long draw = NoiseKey.draw(stream, counter + step);
      int first = (int) (((draw & DRAW_MASK) - limit) >>> 63);
      bits[step * perStep + word] |= first << bit;
      spikes += first;
      if (step + 1 < steps) {
        int second = (int) (((draw >>> 32) - limit) >>> 63);
        bits[(step + 1) * perStep + word] |= second << bit;
        spikes += second;
      }
    }
    return spikes;
  }

  @Override
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    // d min(1, g·|x|)·sign(x) / dx = g where the rate is not saturated.
    INDArray unsaturated = Transforms.abs(features, true).lt(1 / gain);
    rateGradient.mul(gain, featureGradient);
    featureGradient.muli(unsaturated.castTo(featureGradient.dataType()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PoissonEncoder that
        && steps == that.steps
        && Double.compare(gain, that.gain) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(steps, gain);
  }

  @Override
  public String toString() {
    return "Poisson, T " + steps + ", gain " + gain;
  }
}
