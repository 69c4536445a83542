package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.GatedPoolingLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.layer.SpikingPoolingLayer;
import org.dl4jsnn.internal.simulate.GatedPooling;
import org.dl4jsnn.internal.simulate.MaximumPooling;
import org.dl4jsnn.internal.simulate.StepPooling;
import org.dl4jsnn.internal.simulate.SumPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Pools spikes over windows of rows and columns, without padding; rows and columns that do not fill
 * a window are left out.
 *
 * <pre>{@code
 * SpikingPooling2D average = new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).build();
 * SpikingPooling2D maximum =
 *     new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).gated(true).build();
 * }</pre>
 *
 * <ul>
 *   <li>AVG is a layer of spiking neurons: each is charged with the average of its window
 *       (threshold 0.75 by default). Activation: its firing rates. Parameters: what the neurons
 *       learn, and the scalars of the gradient rule.
 *   <li>MAX has no neurons and no parameters: at every step the largest amplitude of the window
 *       passes. Activation: the largest firing rate of the window, which the backward pass of the
 *       published method uses (equation 10 of docs/mathematics.md). If the window's neurons fire at
 *       different steps, the spikes passed on have a higher rate, unless the pooling is {@link
 *       Builder#gated gated}.
 *   <li>SUM has no neurons and no parameters: at every step the sum of the window's amplitudes
 *       passes as a graded spike. Activation: the sum of the firing rates, which may be above 1
 *       (equation 54).
 * </ul>
 *
 * <p>Input: a spike train of shape [minibatch, channels, height, width]. Activation: [minibatch,
 * channels, height, width].
 */
public final class SpikingPooling2D extends WindowLayer {

  private static final long serialVersionUID = 1L;
  private static final double DEFAULT_THRESHOLD = 0.75;

  /** AVG, MAX or SUM. */
  @JsonProperty private PoolingType poolingType;

  /** Whether MAX passes the largest rate; written only if true. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private boolean gated;

  /** For deserialisation. */
  private SpikingPooling2D() {}

  private SpikingPooling2D(Builder builder) {
    super(builder, builder.window.build());
    this.poolingType = builder.poolingType;
    this.gated = builder.gated;
  }

  /** {@return the type of pooling: AVG, MAX or SUM} */
  public PoolingType getPoolingType() {
    return poolingType;
  }

  /**
   * {@return whether MAX passes the largest rate; false if it passes the largest amplitude of every
   * step}
   */
  public boolean isGated() {
    return gated;
  }

  @Override
  public boolean hasNeurons() {
    return poolingType == PoolingType.AVG && super.hasNeurons();
  }

  @Override
  public FeatureShape outputShape(FeatureShape input) {
    return window.outputShape(requireImage(input), input.channels());
  }

  @Override
  public Synapse synapse(FeatureShape input, Map<String, INDArray> parameters) {
    return new AverageSynapse(new PoolingWindows(window, input));
  }

  @Override
  SpikingLayer.Kind kind() {
    return SpikingLayer.Kind.AVERAGE_POOLING;
  }

  @Override
  protected List<LayerParameter> weights() {
    return List.of();
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    nOut = nIn;
  }

  /** Sets the channels; pooling has as many outputs as inputs. */
  @Override
  public void setNIn(long channels) {
    super.setNIn(channels);
    setNOut(channels);
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    if (poolingType == PoolingType.AVG) {
      return super.layer(conf, type, onlyConsumer);
    }
    SettingsCheck.graded(this);
    SettingsCheck.sizes(this, name());
    SettingsCheck.noNoise(this, name());
    return gated
        ? new GatedPoolingLayer(conf, type, this::name, this::gatedPooling, onlyConsumer)
        : new SpikingPoolingLayer(conf, type, this::name, this::pooling, onlyConsumer);
  }

  private StepPooling pooling(FeatureShape input) {
    SettingsCheck.input(this, input);
    PoolingWindows windows = new PoolingWindows(window, input);
    return poolingType == PoolingType.MAX
        ? new MaximumPooling(windows, windows.output())
        : new SumPooling(windows, windows.output(), false);
  }

  private GatedPooling gatedPooling(FeatureShape input) {
    SettingsCheck.input(this, input);
    PoolingWindows windows = new PoolingWindows(window, input);
    return new GatedPooling(windows, windows.output());
  }

  @Override
  List<Object> settings() {
    return Arrays.asList(super.settings(), poolingType, gated);
  }

  /** Builds a {@link SpikingPooling2D}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends SpikingLayerBuilder<Builder> {

    private final PoolingType poolingType;
    private final WindowSettings window;
    private boolean gated;

    /**
     * Creates a builder; the stride is the kernel's size unless set.
     *
     * @param poolingType AVG, MAX or SUM
     * @param kernelHeight rows of a window, at least 1
     * @param kernelWidth columns of a window, at least 1
     */
    public Builder(PoolingType poolingType, int kernelHeight, int kernelWidth) {
      this.poolingType = poolingType;
      this.window = new WindowSettings(kernelHeight, kernelWidth, kernelHeight, kernelWidth, false);
      defaultThreshold(DEFAULT_THRESHOLD);
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
     * Whether MAX passes the spikes of the input that has fired most so far, instead of the largest
     * amplitude of every step. The rate passed on is then the largest rate of the window (equation
     * 82 of docs/mathematics.md). The layer then keeps the accumulated amplitudes of its inputs as
     * state: {@code flow}, [minibatch, channels, height, width].
     *
     * @param largestRates true for the largest rate; false by default
     * @return this builder
     */
    public Builder gated(boolean largestRates) {
      this.gated = largestRates;
      return this;
    }

    /**
     * Builds the layer.
     *
     * @return the layer
     * @throws IllegalArgumentException if a parameter is invalid, if MAX or SUM pooling, which have
     *     no neurons, are given neuron settings, or if a pooling type other than MAX is gated
     */
    @Override
    public SpikingPooling2D build() {
      Require.not(
          poolingType == null || poolingType == PoolingType.PNORM,
          "pooling type must be AVG, MAX or SUM, got %s",
          poolingType);
      SettingsCheck.gate(poolingType, gated);
      Require.not(
          poolingType != PoolingType.AVG && (hasNeuronSettings() || hasNeuron()),
          "threshold, leak, reset, initial membrane and neuron must not be set on %s"
              + " pooling, which has no neurons",
          poolingType);
      Require.not(
          poolingType != PoolingType.AVG && firingRateRegularization() != null,
          "firingRateRegularization must not be set on %s pooling, which has no neurons,"
              + " got %s. Set it on the layer before",
          poolingType,
          firingRateRegularization());
      Require.not(
          poolingType != PoolingType.AVG && !learned().isEmpty(),
          "learned parameters must not be set on %s pooling, which has no neurons," + " got %s",
          poolingType,
          learned());
      return new SpikingPooling2D(this);
    }
  }
}
