package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.GatedPoolingLayer;
import org.dl4jsnn.internal.layer.SpikingPoolingLayer;
import org.dl4jsnn.internal.simulate.GatedPooling;
import org.dl4jsnn.internal.simulate.MaximumPooling;
import org.dl4jsnn.internal.simulate.StepPooling;
import org.dl4jsnn.internal.simulate.SumPooling;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Pools spikes over all rows and columns, channel by channel, at every step; without neurons.
 *
 * <pre>{@code
 * SpikingGlobalPooling layer = new SpikingGlobalPooling.Builder(PoolingType.AVG).build();
 * }</pre>
 *
 * <ul>
 *   <li>MAX: the largest amplitude of a channel passes. Activation: the largest firing rate
 *       (equation 10 of docs/mathematics.md). If the pooling is {@link Builder#gated gated}, the
 *       spikes passed on have that rate too.
 *   <li>SUM: the sum of a channel's amplitudes passes as a graded spike. Activation: the sum of the
 *       firing rates (equation 54).
 *   <li>AVG: that sum divided by height · width. Activation: the mean firing rate.
 * </ul>
 *
 * <p>Input: a spike train of shape [minibatch, channels, height, width]. Activation: [minibatch,
 * channels]. No parameters.
 */
public final class SpikingGlobalPooling extends PassingLayer {

  private static final long serialVersionUID = 1L;

  /** MAX, SUM or AVG. */
  @JsonProperty private PoolingType poolingType;

  /** Whether MAX passes the largest rate; written only if true. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private boolean gated;

  /** For deserialisation. */
  private SpikingGlobalPooling() {}

  private SpikingGlobalPooling(Builder builder) {
    super(builder);
    this.poolingType = builder.poolingType;
    this.gated = builder.gated;
  }

  /** {@return the type of pooling: MAX, SUM or AVG} */
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

  private StepPooling pooling(FeatureShape input) {
    PoolingWindows windows = windows(input);
    FeatureShape output = FeatureShape.vector(input.channels());
    return poolingType == PoolingType.MAX
        ? new MaximumPooling(windows, output)
        : new SumPooling(windows, output, poolingType == PoolingType.AVG);
  }

  private GatedPooling gatedPooling(FeatureShape input) {
    return new GatedPooling(windows(input), FeatureShape.vector(input.channels()));
  }

  /** One window as large as the input. */
  private static PoolingWindows windows(FeatureShape input) {
    SpikeTrainLayer.requireImage(input);
    Window2D.Axis rows = new Window2D.Axis(input.height(), 1, 0, 1, false);
    Window2D.Axis columns = new Window2D.Axis(input.width(), 1, 0, 1, false);
    return new PoolingWindows(new Window2D(rows, columns), input);
  }

  @Override
  FeatureShape output(FeatureShape input) {
    return pooling(input).output();
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    return gated
        ? new GatedPoolingLayer(conf, type, this::name, this::gatedPooling, onlyConsumer)
        : new SpikingPoolingLayer(conf, type, this::name, this::pooling, onlyConsumer);
  }

  @Override
  List<Object> settings() {
    return Arrays.asList(poolingType, gated);
  }

  /** Builds a {@link SpikingGlobalPooling}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends Layer.Builder<Builder> {

    private final PoolingType poolingType;
    private boolean gated;

    /**
     * Creates a builder.
     *
     * @param poolingType MAX, SUM or AVG
     * @throws IllegalArgumentException for another type
     */
    public Builder(PoolingType poolingType) {
      Require.not(
          poolingType == null || poolingType == PoolingType.PNORM,
          "pooling type must be MAX, SUM or AVG, got %s",
          poolingType);
      this.poolingType = poolingType;
    }

    /**
     * Whether MAX passes the spikes of the input that has fired most so far, as in {@link
     * SpikingPooling2D.Builder#gated}.
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
     * @throws IllegalArgumentException if a pooling type other than MAX is gated
     */
    @Override
    public SpikingGlobalPooling build() {
      SettingsCheck.gate(poolingType, gated);
      return new SpikingGlobalPooling(this);
    }
  }
}
