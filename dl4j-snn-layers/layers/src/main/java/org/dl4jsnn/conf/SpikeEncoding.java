package org.dl4jsnn.conf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.dl4jsnn.Internal;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.encode.TuningCurves;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.SpikeEncodingLayer;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The first layer of a spiking network: turns features into spikes, and sets the number of time
 * steps T for all layers after it.
 *
 * <pre>{@code
 * SpikeEncoding currents = SpikeEncoding.direct(10).build(); // T = 10
 * SpikeEncoding random = SpikeEncoding.poisson(50).gain(0.5).freshInferenceNoise(true).build();
 * SpikeEncoding recordings = SpikeEncoding.frames().masked(true).build();
 * SpikeEncoding tuned = SpikeEncoding.latency(20).population(8, -1, 1).build();
 * }</pre>
 *
 * <ul>
 *   <li>{@link #poisson(int)}: signed Poisson rate coding of analog features, T steps. Features
 *       [minibatch, n] or [minibatch, channels, height, width].
 *   <li>{@link #direct(int)}: analog features as constant currents, T steps, without noise.
 *       Features as in Poisson coding; the first layer's current is computed once for all steps.
 *   <li>{@link #frames()}: features that already have a time axis, [minibatch, n, T] or [minibatch,
 *       channels, T, height, width].
 *   <li>{@link #latency(int)}, {@link #logarithmicLatency(int)}: a single spike per analog feature,
 *       sooner for larger features, without noise. Features as in Poisson coding.
 *   <li>{@link #delta(double)}: ON and OFF spikes where a signal changes. Features as for frames;
 *       twice as many neurons.
 *   <li>{@link #by(SpikeEncoder)}: a custom encoder.
 *   <li>{@link Builder#population}, in front of any of these: each feature as several neurons with
 *       Gaussian tuning curves.
 * </ul>
 *
 * <p>Activation: the firing rate of every neuron of the encoder (for frames the mean over the
 * steps), [minibatch, n] or [minibatch, channels, height, width]. No parameters.
 *
 * <p>Noise is drawn from the network's seed. Every training iteration draws fresh noise; inference
 * uses fixed noise, the same for every sample, unless {@link Builder#freshInferenceNoise} is set. A
 * frozen encoding layer (transfer learning) always acts as in inference, so set it there.
 */
public final class SpikeEncoding extends PassingLayer {

  private static final long serialVersionUID = 1L;

  /** How features become spikes. */
  @JsonProperty private SpikeEncoder encoder;

  /** Whether every inference pass draws fresh noise. */
  @JsonProperty private boolean freshInferenceNoise;

  /** Whether the backward pass ends at the first spiking layer; written only if true. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private boolean withoutInputGradient;

  /** Whether feature masks are passed on; written only if true. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  private boolean masked;

  /** The shape of one sample's minibatch, from the configuration's input type; null without one. */
  @JsonProperty private long[] sampleShape;

  /** The sizes of one sample's features, from the same type; null without one. */
  @JsonProperty
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private long[] featureSizes;

  /** For deserialisation. */
  private SpikeEncoding() {}

  private SpikeEncoding(Builder builder) {
    super(builder);
    this.encoder = builder.encoder();
    this.freshInferenceNoise = builder.freshInferenceNoise;
    this.withoutInputGradient = builder.isWithoutInputGradient(encoder);
    this.masked = builder.masked();
  }

  /**
   * Signed Poisson rate coding (equation 7 of docs/mathematics.md).
   *
   * @param steps T, at least 1
   * @return a builder
   */
  public static Builder poisson(int steps) {
    return new Builder(true, true, false, gain -> SpikeEncoder.poisson(steps, gain));
  }

  /**
   * Direct encoding (equation 28 of docs/mathematics.md): a feature is a constant current.
   *
   * @param steps T, at least 1
   * @return a builder
   */
  public static Builder direct(int steps) {
    return new Builder(true, false, false, gain -> SpikeEncoder.direct(steps, gain));
  }

  /**
   * Features that already have a time axis; the value of a step is its current.
   *
   * @return a builder
   */
  public static Builder frames() {
    return new Builder(false, false, true, gain -> SpikeEncoder.frames());
  }

  /**
   * Latency coding with linear times (equation 45 of docs/mathematics.md): a feature fires once,
   * sooner if it is larger. Other thresholds: {@code
   * by(LatencyEncoder.linear(T).withThreshold(θ))}.
   *
   * @param steps T, at least 1
   * @return a builder
   */
  public static Builder latency(int steps) {
    return new Builder(true, false, false, gain -> LatencyEncoder.linear(steps).withGain(gain));
  }

  /**
   * Latency coding with logarithmic times (equation 46 of docs/mathematics.md): the times at which
   * a leaky membrane reaches a threshold of 0.2, over three of its time constants. Other
   * thresholds: {@code by(LatencyEncoder.logarithmic(T).withThreshold(θ))}.
   *
   * @param steps T, at least 1
   * @return a builder
   */
  public static Builder logarithmicLatency(int steps) {
    return new Builder(
        true, false, false, gain -> LatencyEncoder.logarithmic(steps).withGain(gain));
  }

  /**
   * Delta coding (equation 47 of docs/mathematics.md): ON and OFF spikes where a signal has moved
   * by a threshold. Features have a time axis.
   *
   * @param threshold θ, in the unit of the features; positive and finite
   * @return a builder
   */
  public static Builder delta(double threshold) {
    return new Builder(false, false, true, gain -> SpikeEncoder.delta(threshold));
  }

  /**
   * {@return a custom encoder}
   *
   * @param encoder how features become spikes
   */
  public static Builder by(SpikeEncoder encoder) {
    Require.given("encoder", encoder);
    return new Builder(false, encoder.drawsNoise(), encoder.hasTimeAxis(), gain -> encoder);
  }

  /** {@return how features become spikes} */
  public SpikeEncoder getEncoder() {
    return encoder;
  }

  /** Sets an encoder of features with the same axes; see {@link TimeSteps}. */
  void setEncoder(SpikeEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * {@return whether every inference pass draws fresh noise; false if the noise is fixed by the
   * seed}
   */
  public boolean isFreshInferenceNoise() {
    return freshInferenceNoise;
  }

  /**
   * {@return whether the backward pass computes the gradient of the features; false if it ends at
   * the first spiking layer, or if that gradient is zero}
   */
  public boolean hasInputGradient() {
    return !withoutInputGradient && encoder.passesGradient();
  }

  /**
   * {@return whether feature masks of sequences of unequal length are passed on; false if only
   * masks of ones are accepted}
   */
  public boolean isMasked() {
    return masked;
  }

  /**
   * {@return the shape of encoded samples, if the configuration was built with an input type; empty
   * without an input type}
   */
  @Internal
  public Optional<FeatureShape> sampleShape() {
    return Optional.ofNullable(sampleShape)
        .map(
            sizes ->
                sizes.length == 2
                    ? FeatureShape.vector((int) sizes[1])
                    : FeatureShape.image((int) sizes[1], (int) sizes[2], (int) sizes[3]));
  }

  /**
   * Checks encoded samples, made of features of a shape, against the input type that the
   * configuration was built with; refuses others by an IllegalArgumentException that says how to
   * get the right axes.
   */
  void checkShape(FeatureShape shape, long... features) {
    long[] actual = shape.arrayShape(1);
    if (sampleShape != null && !Arrays.equals(sampleShape, actual)) {
      checkFeatures(features);
      throw new IllegalArgumentException(
          "samples must have the axes "
              + axes(sampleShape)
              + " of the configuration's input type, got "
              + axes(actual));
    }
  }

  /** Checks likewise the axes of features that the encoder does not take, or takes for others. */
  void checkFeatures(long... features) {
    if (featureSizes != null) {
      FeatureAxes.check(featureSizes, features);
    }
  }

  /** {@return T of the input type that the network was built for; 0 if it has none} */
  public int stepsOfType() {
    return featureSizes == null ? 0 : FeatureAxes.steps(featureSizes);
  }

  private static String axes(long[] shape) {
    String sizes = Arrays.toString(Arrays.copyOfRange(shape, 1, shape.length));
    return (shape.length == 2 ? "[n] = " : "[channels, height, width] = ") + sizes;
  }

  /** Of samples that are encoded already. */
  @Override
  FeatureShape output(FeatureShape input) {
    return input;
  }

  @Override
  org.deeplearning4j.nn.api.Layer layer(
      NeuralNetConfiguration conf, DataType type, boolean onlyConsumer) {
    return new SpikeEncodingLayer(
        conf,
        type,
        new SpikeEncodingLayer.Settings(
            this::name,
            this::getEncoder,
            freshInferenceNoise,
            this::hasInputGradient,
            masked,
            stepsOfType(),
            this::checkShape,
            this::checkFeatures),
        onlyConsumer);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    return RatesType.of(shapeFor(inputType), layerIndex, RatesType.names(this, layerIndex));
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    sampleShape = shapeFor(inputType).arrayShape(1);
    featureSizes = FeatureAxes.of(inputType);
  }

  private FeatureShape shapeFor(InputType inputType) {
    try {
      return encoder.shapeFor(inputType);
    } catch (IllegalArgumentException e) {
      throw new DL4JInvalidConfigException(name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return inputType instanceof InputType.InputTypeConvolutionalFlat flat
        ? new FeedForwardToCnnPreProcessor(flat.getHeight(), flat.getWidth(), flat.getDepth())
        : null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType output = getOutputType(RatesType.UNKNOWN, inputType);
    return PassingLayer.memory(this, inputType, output, 0, 0, 0);
  }

  @Override
  List<Object> settings() {
    return Arrays.asList(
        encoder, freshInferenceNoise, withoutInputGradient, masked, Arrays.toString(sampleShape));
  }

  /** Builds a {@link SpikeEncoding}. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares build() with a free type
  public static final class Builder extends Layer.Builder<Builder> {

    private final boolean hasGain;
    private final boolean hasNoise;
    private final boolean hasTime;
    private final DoubleFunction<SpikeEncoder> encoder;
    private Double gain;
    private boolean freshInferenceNoise;
    private Boolean inputGradient;
    private TuningCurves curves;
    private boolean masked;

    private Builder(
        boolean hasGain, boolean hasNoise, boolean hasTime, DoubleFunction<SpikeEncoder> encoder) {
      this.hasGain = hasGain;
      this.hasNoise = hasNoise;
      this.hasTime = hasTime;
      this.encoder = encoder;
    }

    /**
     * g: for a feature x, the firing probability per step is min(1, g·|x|) in Poisson coding, the
     * current is g·x in direct encoding, and the strength is min(1, g·|x|) in latency coding. The
     * other encodings take no gain here. In a population, x is a response from 0 to 1.
     *
     * @param value positive and finite; 1 by default
     * @return this builder
     */
    public Builder gain(double value) {
      this.gain = value;
      return this;
    }

    /**
     * Whether every inference pass draws fresh noise, instead of the noise of the seed. For Poisson
     * coding only.
     *
     * @param fresh false by default
     * @return this builder
     */
    public Builder freshInferenceNoise(boolean fresh) {
      this.freshInferenceNoise = fresh;
      return this;
    }

    /**
     * Population coding (equation 48 of docs/mathematics.md): each feature becomes the responses of
     * several neurons with Gaussian tuning curves, which are then encoded.
     *
     * @param neuronsPerFeature m, at least 3
     * @param min the lower end of the features' range; finite
     * @param max the upper end; finite and above it
     * @return this builder
     * @throws IllegalArgumentException if a parameter is invalid
     */
    public Builder population(int neuronsPerFeature, double min, double max) {
      this.curves = new TuningCurves(neuronsPerFeature, min, max);
      return this;
    }

    /**
     * Whether the backward pass computes the gradient of the features. Without it the first spiking
     * layer computes less, and {@code network.calculateGradients} returns zeros for the input.
     * Needed if layers that learn come before the encoding.
     *
     * @param wanted true by default; must not be set to true in latency and delta coding, whose
     *     gradient is zero
     * @return this builder
     */
    public Builder inputGradient(boolean wanted) {
      this.inputGradient = wanted;
      return this;
    }

    /**
     * Whether feature masks [minibatch, T] of sequences of unequal length are passed on to a {@link
     * LeakyReadOut}, which reads every sequence to the end of its mask. A mask is one or more ones
     * followed by zeros; the features of masked steps count as zeros. Only for features with a time
     * axis. Firing rates remain those of the whole window, masked steps included, so stock layers
     * must not read them.
     *
     * @param passedOn false by default: masks with zeros are refused
     * @return this builder
     */
    public Builder masked(boolean passedOn) {
      this.masked = passedOn;
      return this;
    }

    private boolean masked() {
      Require.not(
          masked && !hasTime,
          "masked must be false if features have no time axis, got true. Possible"
              + " cause: sequences need SpikeEncoding.frames()");
      return masked;
    }

    private SpikeEncoder encoder() {
      Require.not(
          gain != null && !hasGain,
          "gain must be unset on frames, in delta coding and with a custom encoder,"
              + " got %s. Scale the features, or set it on the encoder",
          gain);
      Require.not(
          freshInferenceNoise && !hasNoise,
          "freshInferenceNoise must be unset without noise, got true. Possible cause:"
              + " only SpikeEncoding.poisson(T) draws noise");
      SpikeEncoder chosen = encoder.apply(gain == null ? 1 : gain);
      return curves == null ? chosen : SpikeEncoder.population(curves, chosen);
    }

    private boolean isWithoutInputGradient(SpikeEncoder chosen) {
      Require.not(
          Boolean.TRUE.equals(inputGradient) && !chosen.passesGradient(),
          "inputGradient must not be true with an encoder whose gradient is zero"
              + " (%s), got true. Use SpikeEncoding.poisson(T) or direct(T) if layers that"
              + " learn come before the encoding",
          chosen);
      return Boolean.FALSE.equals(inputGradient);
    }

    /** {@return the layer; an IllegalArgumentException refuses invalid parameters} */
    @Override
    public SpikeEncoding build() {
      return new SpikeEncoding(this);
    }
  }
}
