package org.dl4jsnn.property;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.encode.FeatureShapes;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One layer with neurons, and what arrives there.
 *
 * @param layer the layer
 * @param channels channels of the input
 * @param height rows of the input; 0 for a vector
 * @param width columns of the input
 * @param train the spikes
 * @param arithmetic of weights and amplitudes
 * @param magnitude what all weights are multiplied by
 * @param seed of weights and spikes
 */
record LayerCase(
    LayerPlan layer,
    int channels,
    int height,
    int width,
    TrainPlan train,
    Arithmetic arithmetic,
    double magnitude,
    long seed) {

  static Arbitrary<LayerCase> any(Arithmetic arithmetic) {
    return with(Arbitraries.just(arithmetic), Arbitraries.just(1.0));
  }

  static Arbitrary<LayerCase> with(Arbitrary<Arithmetic> arithmetic, Arbitrary<Double> magnitude) {
    Arbitrary<LayerPlan> layers =
        LayerPlan.any()
            .map(LayerPlan::notNormalised)
            .map(plan -> plan.with(plan.neuron().plain()))
            .map(
                plan ->
                    switch (plan.kind()) {
                      case MAXIMUM, SUM, DROPOUT -> plan.withKind(LayerPlan.Kind.AVERAGE);
                      default -> plan;
                    });
    return Combinators.combine(
            layers,
            Arbitraries.of(1, 2, 3, 17, 33),
            Arbitraries.of(0, 1, 3, 6),
            Arbitraries.of(1, 4, 7),
            TrainPlan.any(),
            arithmetic,
            magnitude,
            Arbitraries.longs())
        .as(LayerCase::new);
  }

  FeatureShape shape() {
    return height == 0
        ? FeatureShape.vector(channels)
        : FeatureShape.image(channels, height, width);
  }

  SpikingNeuron neuron() {
    return (SpikingNeuron) configuration().getNeuron();
  }

  /** The same neuron, with a reset to no more than the threshold. */
  SpikingNeuron neuronWithThreshold(double threshold) {
    SpikingNeuron neuron = neuron();
    Reset reset =
        neuron.reset().isSubtractive()
            ? neuron.reset()
            : Reset.to(Math.min(neuron.reset().value(), threshold));
    return new SpikingNeuron(threshold, neuron.leak(), reset, neuron.initialMembrane());
  }

  private BaseSpikingLayer configuration() {
    BaseSpikingLayer configuration = (BaseSpikingLayer) layer.layer(shape(), arithmetic);
    configuration.setNIn(FeatureShapes.inputType(shape()), true);
    return configuration;
  }

  SpikeTrain input() {
    return train.train(shape(), new Random(seed), arithmetic);
  }

  Synapse synapse(DataType type) {
    return synapse(type, false);
  }

  /** The synapses with the magnitudes of their weights, for bounds of errors. */
  Synapse magnitudes() {
    return synapse(DataType.FLOAT, true);
  }

  private Synapse synapse(DataType type, boolean magnitudes) {
    BaseSpikingLayer configuration = configuration();
    Random random = new Random(~seed);
    Map<String, INDArray> parameters = new HashMap<>();
    if (layer.weighted(shape())) {
      long[] axes = weightAxes(configuration);
      double deviation = magnitude * Math.sqrt(2.0 * configuration.getNOut() / length(axes));
      parameters.put(Synapse.WEIGHT, values(type, random, magnitudes, deviation, axes));
      if (layer.bias()) {
        double size = 0.1 * magnitude;
        parameters.put(
            Synapse.BIAS, values(type, random, magnitudes, size, configuration.getNOut()));
      }
    }
    return configuration.synapse(shape(), parameters);
  }

  private long[] weightAxes(BaseSpikingLayer configuration) {
    long inputs = configuration.getNIn();
    long outputs = configuration.getNOut();
    if (configuration.outputAxis() == 1) {
      return new long[] {inputs, outputs};
    }
    WindowPlan window = layer.window().fitting(shape());
    boolean depthwise = configuration instanceof SpikingDepthwiseConvolution2D;
    return new long[] {outputs, depthwise ? 1 : inputs, window.height(), window.width()};
  }

  private static long length(long... axes) {
    long length = 1;
    for (long axis : axes) {
      length *= axis;
    }
    return length;
  }

  private INDArray values(
      DataType type, Random random, boolean magnitudes, double deviation, long... axes) {
    float[] values = new float[(int) length(axes)];
    for (int i = 0; i < values.length; i++) {
      float value = (float) arithmetic.of(deviation * (random.nextGaussian() + 0.3));
      values[i] = magnitudes ? Math.abs(value) : value;
    }
    return Nd4j.create(values, axes, 'c').castTo(type);
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
