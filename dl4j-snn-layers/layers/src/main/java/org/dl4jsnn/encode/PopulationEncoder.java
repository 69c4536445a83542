package org.dl4jsnn.encode;

import java.util.Optional;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.CompactEncoding;
import org.dl4jsnn.internal.encode.TunedResponses;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** {@link SpikeEncoder#population}. */
record PopulationEncoder(
    @JsonProperty("curves") TuningCurves curves, @JsonProperty("encoder") SpikeEncoder encoder)
    implements SpikeEncoder {

  @JsonCreator
  PopulationEncoder {
    Require.given("tuning curves", curves);
    Require.given("encoder", encoder);
  }

  @Override
  public FeatureShape shapeFor(InputType features) {
    return encoder.shapeFor(typeOfResponses(features));
  }

  private InputType typeOfResponses(InputType features) {
    int m = curves.neurons();
    if (features instanceof InputType.InputTypeConvolutionalFlat flat) {
      return InputType.convolutional(flat.getHeight(), flat.getWidth(), m * flat.getDepth());
    }
    if (features instanceof InputType.InputTypeFeedForward vector) {
      return InputType.feedForward(m * vector.getSize());
    }
    if (features instanceof InputType.InputTypeConvolutional image) {
      return InputType.convolutional(
          image.getHeight(), image.getWidth(), m * image.getChannels(), image.getFormat());
    }
    if (features instanceof InputType.InputTypeRecurrent sequence) {
      return InputType.recurrent(
          m * sequence.getSize(), sequence.getTimeSeriesLength(), sequence.getFormat());
    }
    if (features instanceof InputType.InputTypeConvolutional3D video) {
      return InputType.convolutional3D(
          video.getDataFormat(),
          video.getDepth(),
          video.getHeight(),
          video.getWidth(),
          m * video.getChannels());
    }
    return features;
  }

  @Override
  public SpikeTrain encode(INDArray features, NoiseKey noise) {
    try (INDArray responses = responses(features)) {
      return encoder.encode(responses, noise);
    }
  }

  @Override
  public EncodedPiece encodePiece(INDArray features, NoiseKey noise, EncoderState start) {
    try (INDArray responses = responses(features)) {
      return encoder.encodePiece(responses, noise, start);
    }
  }

  @Override
  public boolean drawsNoise() {
    return encoder.drawsNoise();
  }

  @Override
  public boolean hasTimeAxis() {
    return encoder.hasTimeAxis();
  }

  /**
   * The input of the other encoder, [minibatch, m · channels, …], in single precision, to be
   * closed.
   */
  @SuppressWarnings("try") // the scope is entered and left, not read
  INDArray responses(INDArray features) {
    int perSample = Math.toIntExact(features.length() / features.size(0));
    float[] responses =
        curves.responses().of(HostArrays.floats(features), perSample, positions(features));
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.create(responses, shapeOfResponses(features), 'c');
    }
  }

  private long[] shapeOfResponses(INDArray features) {
    long[] shape = features.shape().clone();
    shape[1] *= curves.neurons();
    return shape;
  }

  /** Values per channel of one sample. */
  private static int positions(INDArray features) {
    return Math.toIntExact(features.length() / features.size(0) / features.size(1));
  }

  /** Warns if most features lie where no neuron responds. */
  @Override
  public Optional<String> doubt(INDArray features) {
    float[] x = HostArrays.floats(features);
    int outside = 0;
    for (float feature : x) {
      outside += feature < curves.min() || feature > curves.max() ? 1 : 0;
    }
    if (outside <= x.length / 2) {
      return Optional.empty();
    }
    return Optional.of(
        ("features should lie from %s to %s, got %s of %s outside, where hardly any"
                + " neuron responds. Possible cause: features and tuning curves differ in scale."
                + " Scale the features, or set min and max of the population")
            .formatted(curves.min(), curves.max(), outside, x.length));
  }

  @Override
  public SpikeEncoder withSteps(int steps) {
    return new PopulationEncoder(curves, encoder.withSteps(steps));
  }

  @Override
  public boolean passesGradient() {
    return encoder.passesGradient();
  }

  @Override
  @SuppressWarnings("try") // the scope is entered and left, not read
  public void backprop(INDArray features, INDArray rateGradient, INDArray featureGradient) {
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        INDArray responses = responses(features);
        INDArray responseGradient =
            Nd4j.create(featureGradient.dataType(), shapeOfResponses(features), 'c')) {
      encoder.backprop(responses, rateGradient, responseGradient);
      float[] x = HostArrays.floats(features);
      float[] above = HostArrays.floats(responseGradient);
      int positions = positions(features);
      float[] gradient = new float[x.length];
      TunedResponses places = curves.responses();
      for (int i = 0; i < above.length; i++) {
        int feature = places.feature(i, positions);
        int neuron = places.neuron(i, positions);
        gradient[feature] += (float) (above[i] * curves.slope(neuron, x[feature]));
      }
      HostArrays.copy(gradient, featureGradient);
    }
  }

  @Override
  public boolean isTimeCode() {
    return encoder.isTimeCode();
  }

  /** Empty for a population of a population, which the runtime does not have. */
  @Override
  public Optional<CompactEncoding> compact(FeatureShape shape, long seed) {
    return encoder
        .compact(shape, seed)
        .filter(coded -> coded.population() == null)
        .map(
            coded ->
                new CompactEncoding(
                    coded.kind(),
                    features(coded.features()),
                    coded.steps(),
                    coded.gain(),
                    coded.seed(),
                    coded.latency(),
                    coded.deltaThreshold(),
                    curves.responses()));
  }

  private FeatureShape features(FeatureShape ofResponses) {
    return new FeatureShape(
        ofResponses.channels() / curves.neurons(),
        ofResponses.height(),
        ofResponses.width(),
        ofResponses.spatial());
  }

  @Override
  public String toString() {
    return "population of %s from %s to %s, %s"
        .formatted(curves.neurons(), curves.min(), curves.max(), encoder);
  }
}
