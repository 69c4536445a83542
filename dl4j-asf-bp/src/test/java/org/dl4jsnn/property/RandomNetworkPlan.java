package org.dl4jsnn.property;

import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A network with data.
 *
 * @param encoding how features become spikes
 * @param channels channels of the features
 * @param height rows of the features; 0 for a vector
 * @param width columns of the features
 * @param topology how layers are connected
 * @param layers the spiking layers
 * @param precision the network's data type
 * @param arithmetic of weights and features
 * @param samples minibatch
 * @param seed of weights and features
 */
record RandomNetworkPlan(
    EncodingPlan encoding,
    int channels,
    int height,
    int width,
    Topology topology,
    List<TrainedLayerPlan> layers,
    Precision precision,
    Arithmetic arithmetic,
    int samples,
    long seed) {

  /** How layers are connected. */
  enum Topology {
    CHAIN,
    /** A graph, in which the first layer's train meets itself added. */
    ADD,
    /** The same, concatenated. */
    CONCATENATE,
    /** The same where both have spikes; added if the first layer has no neurons. */
    AND,
    /** The same where the second has none; added if the first layer has no neurons. */
    AND_NOT
  }

  /** Data types of networks. */
  enum Precision {
    SINGLE(DataType.FLOAT),
    DOUBLE(DataType.DOUBLE),
    HALF(DataType.FLOAT16);

    final DataType type;

    Precision(DataType type) {
      this.type = type;
    }
  }

  static Arbitrary<RandomNetworkPlan> any(Arithmetic arithmetic, Precision... precisions) {
    return Combinators.combine(
            Combinators.combine(
                    EncodingPlan.any(),
                    Arbitraries.of(1, 2, 3, 17, 33),
                    Arbitraries.of(0, 1, 4, 6),
                    Arbitraries.of(1, 4, 5))
                .as(Input::new),
            Arbitraries.of(Topology.class),
            TrainedLayerPlan.any().list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of(precisions),
            Arbitraries.integers().between(1, 4),
            // ND4J takes 0 for a seed from the clock.
            Arbitraries.longs().greaterOrEqual(1))
        .as(
            (in, topology, layers, precision, samples, seed) ->
                new RandomNetworkPlan(
                    in.encoding,
                    in.channels,
                    in.height,
                    in.width,
                    topology,
                    layers,
                    precision,
                    arithmetic,
                    samples,
                    seed));
  }

  /** jqwik combines eight at a time. */
  private record Input(EncodingPlan encoding, int channels, int height, int width) {}

  FeatureShape shape() {
    return height == 0
        ? FeatureShape.vector(channels)
        : FeatureShape.image(channels, height, width);
  }

  RandomNetworkPlan with(EncodingPlan other) {
    return new RandomNetworkPlan(
        other, channels, height, width, topology, layers, precision, arithmetic, samples, seed);
  }

  RandomNetworkPlan with(Topology other) {
    return new RandomNetworkPlan(
        encoding, channels, height, width, other, layers, precision, arithmetic, samples, seed);
  }

  RandomNetworkPlan with(Precision other) {
    return new RandomNetworkPlan(
        encoding, channels, height, width, topology, layers, other, arithmetic, samples, seed);
  }

  RandomNetworkPlan withLayers(UnaryOperator<TrainedLayerPlan> change) {
    List<TrainedLayerPlan> others = layers.stream().map(change).toList();
    return new RandomNetworkPlan(
        encoding, channels, height, width, topology, others, precision, arithmetic, samples, seed);
  }

  /** The same with rules whose gradients do not grow from step to step. */
  RandomNetworkPlan tame() {
    return withLayers(TrainedLayerPlan::tame);
  }

  /** The rules that the data type allows. */
  TrainedLayerPlan allowed(TrainedLayerPlan layer) {
    return precision == Precision.HALF ? layer.with(layer.rule().asf()) : layer;
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
