package org.dl4jsnn.conf;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.json.SavedByFields;
import org.dl4jsnn.internal.layer.SpikingConvolution2DLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A two-dimensional convolution layer of spiking neurons (equations 1 to 6 of docs/mathematics.md).
 *
 * <p>Input: a spike train of shape [minibatch, channels, height, width]. Activation: firing rates
 * [minibatch, nOut, height, width]. Parameters: {@code W} [nOut, nIn, kernel height, kernel width],
 * {@code b} [nOut] if there is a bias, what the neurons learn, and the scalars of the backprop
 * rule.
 *
 * <p>Defaults: stride 1, same padding, no bias, threshold 1, no leak, hard reset to zero, and
 * weights drawn from N(0, 2 / fan-in) whatever the network-wide weight initialisation is.
 */
public final class SpikingConvolution2D extends BaseSpikingLayer {

  private static final long serialVersionUID = 1L;

  /** Kernel, stride, padding and dilation. */
  @SavedByFields private Window2D window;

  /** For deserialisation. */
  private SpikingConvolution2D() {}

  private SpikingConvolution2D(Builder builder) {
    super(builder);
    this.window = builder.window.build();
    initializeConstraints(builder);
  }

  /**
   * Kernel, stride, padding and dilation.
   *
   * @return the window
   */
  public Window2D getWindow() {
    return window;
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    requireImage(input);
    return window.outputShape(input, Require.atLeast("nOut", nOut, 1));
  }

  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return new ConvolutionSynapse(
        window, input, parameters.get(Synapse.WEIGHT), parameters.get(Synapse.BIAS));
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingConvolution2DLayer::new;
  }

  @Override
  protected List<LayerParameter> weights() {
    int rows = window.rows().kernel();
    int columns = window.columns().kernel();
    double perStride = (double) window.rows().stride() * window.columns().stride();
    double fanIn = (double) nIn * rows * columns;
    double fanOut = nOut * rows * columns / perStride;
    return List.of(LayerParameter.weights(Synapse.WEIGHT, fanIn, fanOut, nOut, nIn, rows, columns));
  }

  @Override
  protected long inputsOf(FeatureShape input) {
    return requireImage(input).channels();
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other) && Objects.equals(window, ((SpikingConvolution2D) other).window);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), window);
  }

  /** Builds a {@link SpikingConvolution2D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends WeightedLayerBuilder<Builder> {

    private final WindowSettings window;

    /**
     * Creates a builder with the defaults of {@link SpikingConvolution2D}.
     *
     * @param kernelHeight rows of the kernel, at least 1
     * @param kernelWidth columns of the kernel, at least 1
     */
    public Builder(int kernelHeight, int kernelWidth) {
      window = new WindowSettings(kernelHeight, kernelWidth, 1, 1, true);
    }

    /**
     * Distance between neighbouring windows.
     *
     * @param rows at least 1
     * @param columns at least 1
     * @return this builder
     */
    public Builder stride(int rows, int columns) {
      window.stride(rows, columns);
      return this;
    }

    /**
     * Explicit zeros on every side, instead of same padding.
     *
     * @param rows zeros above and below, at least 0
     * @param columns zeros left and right, at least 0
     * @return this builder
     */
    public Builder padding(int rows, int columns) {
      window.padding(rows, columns);
      return this;
    }

    /**
     * Distance between neighbouring taps of the kernel.
     *
     * @param rows at least 1
     * @param columns at least 1
     * @return this builder
     */
    public Builder dilation(int rows, int columns) {
      window.dilation(rows, columns);
      return this;
    }

    /**
     * Builds the layer.
     *
     * @return the layer
     * @throws IllegalArgumentException if a parameter is invalid
     */
    @Override
    public SpikingConvolution2D build() {
      return new SpikingConvolution2D(this);
    }
  }
}
