package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Turns a trained network of stock layers with ReLU into a spiking one, without training (equations
 * 70 to 74 of docs/mathematics.md): firing rates represent activations.
 *
 * <pre>{@code
 * ConvertedNetwork<MultiLayerNetwork> converted =
 *     SpikingConversion.of(trained).calibrate(training).steps(32).convert();
 * double accuracy = converted.network().evaluate(test).accuracy();
 * }</pre>
 *
 * <p>Features enter as constant currents. Convolutions and full connections become layers of
 * integrate-and-fire neurons with a threshold of 1, a reset by subtraction and an initial membrane
 * of one half; batch normalisation is folded into weights, average pooling into the weights of the
 * next layer, and dropout is removed. The read-out stays a stock layer. docs/convert.md lists what
 * can be converted.
 *
 * <p>Immutable. The trained network is not changed; no other thread may use it during the
 * conversion.
 *
 * @param <N> the kind of network, before and after
 */
public final class SpikingConversion<N extends NeuralNetwork> {

  private static final double PERCENT = 99.9;
  private static final int STEPS = 32;

  private final N trained;
  private final BiFunction<Assembly, N, N> assemble;
  private final StageGraph graph;
  private final Calibration calibration;
  private final Scales scales;
  private final int steps;

  private SpikingConversion(
      N trained,
      BiFunction<Assembly, N, N> assemble,
      StageGraph graph,
      Calibration calibration,
      Scales scales,
      int steps) {
    this.trained = trained;
    this.assemble = assemble;
    this.graph = graph;
    this.calibration = calibration;
    this.scales = scales;
    this.steps = steps;
  }

  /**
   * {@return a conversion with the 99.9th percentile and T = 32}
   *
   * @param trained an initialised network of stock layers in a row
   * @throws IllegalArgumentException if a layer cannot be converted; the message names all such
   *     layers and the reasons
   */
  public static SpikingConversion<MultiLayerNetwork> of(MultiLayerNetwork trained) {
    return begun(trained, Assembly::sequence);
  }

  /**
   * {@return a conversion with the 99.9th percentile and T = 32}
   *
   * @param trained an initialised graph of stock layers with one input and one output
   * @throws IllegalArgumentException if a layer or vertex cannot be converted; the message names
   *     all of them and the reasons
   */
  public static SpikingConversion<ComputationGraph> of(ComputationGraph trained) {
    return begun(trained, Assembly::graph);
  }

  private static <N extends NeuralNetwork> SpikingConversion<N> begun(
      N trained, BiFunction<Assembly, N, N> assemble) {
    return new SpikingConversion<>(
        trained, assemble, StageReader.read(trained), null, Scales.percentile(PERCENT), STEPS);
  }

  /**
   * Measures the activations of the trained network. About a thousand samples of the training data
   * are enough; labels are not read.
   *
   * @param data minibatches in the format of the trained network; read twice, from the start
   * @return the conversion
   * @throws IllegalArgumentException if there is no data, an activation is not finite, or a layer
   *     cannot be converted for features of this shape; the message names all such layers
   */
  public SpikingConversion<N> calibrate(DataSetIterator data) {
    Calibration seen = Calibration.of(trained, graph, Require.given("calibration data", data));
    return new SpikingConversion<>(trained, assemble, graph, seen, scales, steps);
  }

  /**
   * Chooses the activation of a rate of 1.
   *
   * @param choice one of {@link Scales}; by default the 99.9th percentile
   * @return the conversion
   */
  public SpikingConversion<N> scales(Scales choice) {
    return new SpikingConversion<>(
        trained, assemble, graph, calibration, Require.given("scales", choice), steps);
  }

  /**
   * Chooses T.
   *
   * @param number of time steps, at least 1; by default 32
   * @return the conversion
   * @throws IllegalArgumentException if it is below 1
   */
  public SpikingConversion<N> steps(int number) {
    return new SpikingConversion<>(
        trained, assemble, graph, calibration, scales, Require.atLeast("steps", number, 1));
  }

  /**
   * {@return the spiking network and its reports}
   *
   * @throws IllegalStateException if {@link #calibrate} was not called
   * @throws IllegalArgumentException if a custom choice of scales gives one that is not positive
   *     and finite
   */
  public ConvertedNetwork<N> convert() {
    if (calibration == null) {
      throw new IllegalStateException(
          "convert needs the activations of the trained network, got none. Possible cause:"
              + " calibrate(data) was not called");
    }
    Map<Stage, double[]> chosen = calibration.scales(scales, steps);
    Lowering lowering =
        new Lowering(
            graph,
            calibration.features(),
            (stage, channels) -> chosen.get(stage),
            new Lowering.EqualScales(),
            new ConversionRefusals());
    Form last = lowering.lower(graph.last());
    Assembly assembly =
        new Assembly(
            graph, calibration.features(), lowering.read(last), lowering.parts(), last, steps);
    N network = assemble.apply(assembly, trained);
    List<ConvertedNetwork.Layer> layers = new ArrayList<>();
    for (NeuronGroup group : lowering.groups()) {
      layers.add(
          new ConvertedNetwork.Layer(
              group, chosen.get(group.stage()), calibration.silentChannels(group.stage())));
    }
    return new ConvertedNetwork<>(this, trained, network, graph.channelsLast(), layers);
  }
}
