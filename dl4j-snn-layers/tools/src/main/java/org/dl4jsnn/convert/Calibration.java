package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The activations of a trained network on calibration data, channel by channel. Two passes over the
 * data: one finds the maxima, one counts. Memory is independent of the amount of data.
 */
final class Calibration {

  private final FeatureShape features;
  private final Lowering.EqualScales equalScales;
  private final Map<Stage, ActivationDistribution[]> distributions = new IdentityHashMap<>();

  private Calibration(FeatureShape features, Lowering.EqualScales equalScales) {
    this.features = features;
    this.equalScales = equalScales;
  }

  /**
   * Runs over the data.
   *
   * @throws IllegalArgumentException if there is no data, an activation is not finite, or a part of
   *     the network cannot be converted for features of that shape
   */
  static Calibration of(NeuralNetwork trained, StageGraph graph, DataSetIterator data) {
    begin(data);
    Require.not(
        !data.hasNext(),
        "calibration data must hold at least one minibatch, got none. Possible cause: an iterator"
            + " at its end that cannot be reset");
    FeatureShape shape = graph.shapeOf(data.next().getFeatures());
    Lowering.EqualScales equalScales = new Lowering.EqualScales();
    ConversionRefusals refusals = new ConversionRefusals();
    Lowering plan = new Lowering(graph, shape, Calibration::ones, equalScales, refusals);
    plan.lower(graph.last());
    refusals.check();
    Calibration calibration = new Calibration(shape, equalScales);
    calibration.look(new ObservedActivations(trained, graph.channelsLast()), plan.groups(), data);
    return calibration;
  }

  private static double[] ones(Stage stage, int channels) {
    double[] ones = new double[channels];
    Arrays.fill(ones, 1);
    return ones;
  }

  private void look(ObservedActivations trained, List<NeuronGroup> groups, DataSetIterator data) {
    Set<String> names = ObservedActivations.stagesOf(groups);
    Map<NeuronGroup, double[]> maxima = new IdentityHashMap<>();
    groups.forEach(group -> maxima.put(group, new double[group.channels()]));
    forEach(
        data,
        minibatch -> {
          Map<String, float[]> seen = trained.of(minibatch, names);
          for (NeuronGroup group : groups) {
            double[] largest = maxima.get(group);
            group.each(
                seen.get(group.stage().name()),
                (channel, index, value) -> largest[channel] = Math.max(largest[channel], value));
          }
        });
    Map<NeuronGroup, int[]> counts = new IdentityHashMap<>();
    groups.forEach(
        group -> counts.put(group, new int[group.channels() * ActivationDistribution.BINS]));
    forEach(
        data,
        minibatch -> {
          Map<String, float[]> seen = trained.of(minibatch, names);
          for (NeuronGroup group : groups) {
            count(group, seen.get(group.stage().name()), maxima.get(group), counts.get(group));
          }
        });
    for (NeuronGroup group : groups) {
      ActivationDistribution[] channels = new ActivationDistribution[group.channels()];
      for (int channel = 0; channel < channels.length; channel++) {
        channels[channel] =
            new ActivationDistribution(maxima.get(group)[channel], counts.get(group), channel);
      }
      distributions.put(group.stage(), channels);
    }
  }

  private static void count(NeuronGroup group, float[] activations, double[] maxima, int[] counts) {
    group.each(
        activations,
        (channel, index, value) -> {
          if (value > 0) {
            int bin = ActivationDistribution.bin(value, maxima[channel]);
            counts[channel * ActivationDistribution.BINS + bin]++;
          }
        });
  }

  private static void forEach(DataSetIterator data, Consumer<INDArray> consumer) {
    begin(data);
    while (data.hasNext()) {
      consumer.accept(data.next().getFeatures());
    }
  }

  /** The shape of a sample's features. */
  FeatureShape features() {
    return features;
  }

  /** The scales of all neurons; the largest scale for neurons whose rates are added. */
  Map<Stage, double[]> scales(Scales choice, int steps) {
    Map<Stage, double[]> scales = new IdentityHashMap<>();
    distributions.forEach(
        (stage, channels) -> {
          double[] own = chosen(stage, channels, choice, steps);
          double[] tied =
              scales.computeIfAbsent(equalScales.representative(stage), first -> own.clone());
          for (int channel = 0; channel < tied.length; channel++) {
            tied[channel] = Math.max(tied[channel], own[channel]);
          }
        });
    Map<Stage, double[]> all = new IdentityHashMap<>();
    for (Stage stage : distributions.keySet()) {
      all.put(stage, usable(stage, scales.get(equalScales.representative(stage))));
    }
    return all;
  }

  /** The scale of a silent channel is 0 until its ties are known. */
  private static double[] chosen(
      Stage stage, ActivationDistribution[] channels, Scales choice, int steps) {
    double[] scales = new double[channels.length];
    for (int channel = 0; channel < scales.length; channel++) {
      if (channels[channel].maximum() > 0) {
        double scale = choice.of(channels[channel], steps);
        if (!(scale > 0 && Double.isFinite(scale))) {
          throw new IllegalArgumentException(
              ("scale must be positive and finite, got %s for channel %s of '%s'. Possible cause:"
                      + " a custom choice of scales")
                  .formatted(scale, channel, stage.name()));
        }
        scales[channel] = scale;
      }
    }
    return scales;
  }

  /** Not zero, and no larger than a cap: a neuron that fires at every step is at its scale. */
  private static double[] usable(Stage stage, double[] scales) {
    double cap = Stage.capOf(stage);
    return Arrays.stream(scales).map(scale -> Math.min(cap, scale == 0 ? 1 : scale)).toArray();
  }

  /** The number of channels of a stage that were never above 0. */
  int silentChannels(Stage stage) {
    int silent = 0;
    for (ActivationDistribution channel : distributions.get(stage)) {
      silent += channel.maximum() == 0 ? 1 : 0;
    }
    return silent;
  }

  /**
   * Starts a pass over data that are read more than once.
   *
   * @throws IllegalArgumentException if the data cannot be reset
   */
  static void begin(DataSetIterator data) {
    Require.not(
        !data.resetSupported(),
        "data must be an iterator that can be reset, since it is read more than once, got %s. Put"
            + " its minibatches into a list: new ListDataSetIterator<>(…)",
        data.getClass().getSimpleName());
    data.reset();
  }
}
