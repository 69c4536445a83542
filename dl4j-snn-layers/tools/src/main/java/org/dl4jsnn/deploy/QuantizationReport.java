package org.dl4jsnn.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.OneHotLabels;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastMulOp;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The cost of quantisation: accuracy before and after, and how far each layer's weights and firing
 * rates moved.
 *
 * @param samples the number of samples shown to both networks
 * @param trainedAccuracy the accuracy of the trained network
 * @param integerAccuracy the accuracy of the integer network
 * @param agreement the share of samples with equal decisions, right or wrong
 * @param layers the spiking layers, from the first to the last
 */
public record QuantizationReport(
    int samples,
    double trainedAccuracy,
    double integerAccuracy,
    double agreement,
    List<LayerRow> layers) {

  private static final double BINARY = 0.5;

  /**
   * A layer.
   *
   * @param name its name
   * @param signalToNoise the signal-to-noise ratio of the weights, dB ({@link
   *     IntegerNetwork.Layer#signalToNoise})
   * @param trainedRate mean firing rate of the trained layer; mean current of a layer that passes
   *     currents on
   * @param integerRate the same of the integer layer, in the trained layer's unit
   * @param rateError mean difference of a neuron's two rates or currents
   */
  public record LayerRow(
      String name,
      double signalToNoise,
      double trainedRate,
      double integerRate,
      double rateError) {}

  /**
   * Compares a trained network with its integer network.
   *
   * @param trained the trained network
   * @param chip its network from {@link IntegerQuantization}
   * @param data samples with labels [minibatch, classes]; reset first if it can be
   * @return the comparison
   * @throws IllegalArgumentException if there are no samples
   */
  public static QuantizationReport of(
      MultiLayerNetwork trained, IntegerNetwork<MultiLayerNetwork> chip, DataSetIterator data) {
    return compare(of(trained), of(chip.network()), chip, data);
  }

  /**
   * {@return the comparison of a graph with one input and one output}
   *
   * @param trained the trained graph
   * @param chip its network from {@link IntegerQuantization}
   * @param data samples with labels [minibatch, classes]; reset first if it can be
   * @throws IllegalArgumentException if there are no samples
   */
  public static QuantizationReport of(
      ComputationGraph trained, IntegerNetwork<ComputationGraph> chip, DataSetIterator data) {
    return compare(of(trained), of(chip.network()), chip, data);
  }

  private static Pass of(MultiLayerNetwork network) {
    String last = String.valueOf(network.getnLayers() - 1);
    return new Pass(
        last,
        minibatch -> {
          network.setLayerMaskArrays(
              minibatch.getFeaturesMaskArray(), minibatch.getLabelsMaskArray());
          List<INDArray> activations;
          try {
            activations = network.feedForward(minibatch.getFeatures());
          } finally {
            network.clearLayerMaskArrays();
          }
          Map<String, INDArray> byKey = new LinkedHashMap<>();
          for (int i = 0; i < network.getnLayers(); i++) {
            byKey.put(String.valueOf(i), activations.get(i + 1));
          }
          return byKey;
        });
  }

  private static Pass of(ComputationGraph network) {
    String last = network.getConfiguration().getNetworkOutputs().get(0);
    return new Pass(
        last,
        minibatch -> {
          network.setLayerMaskArrays(
              mask(minibatch.getFeaturesMaskArray()), mask(minibatch.getLabelsMaskArray()));
          try {
            return network.feedForward(minibatch.getFeatures(), false);
          } finally {
            network.clearLayerMaskArrays();
          }
        });
  }

  private static INDArray[] mask(INDArray mask) {
    return mask == null ? null : new INDArray[] {mask};
  }

  /** A network as a function from samples to all layers' activations. */
  private record Pass(String last, Function<DataSet, Map<String, INDArray>> activations) {}

  private static QuantizationReport compare(
      Pass trained, Pass integer, IntegerNetwork<?> chip, DataSetIterator data) {
    if (data.resetSupported()) {
      data.reset();
    }
    Evaluation before = new Evaluation();
    Evaluation after = new Evaluation();
    Evaluation both = new Evaluation();
    List<Rates> rates = new ArrayList<>();
    chip.layersByKey().forEach((key, layer) -> rates.add(new Rates(key, layer)));
    int samples = 0;
    while (data.hasNext()) {
      DataSet minibatch = data.next();
      Map<String, INDArray> one = trained.activations().apply(minibatch);
      Map<String, INDArray> other = integer.activations().apply(minibatch);
      INDArray output = one.get(trained.last());
      INDArray outputInIntegers = other.get(integer.last());
      INDArray mask = minibatch.getLabelsMaskArray();
      OneHotLabels.require(minibatch.getLabels(), output.size(1));
      before.eval(minibatch.getLabels(), output, mask);
      after.eval(minibatch.getLabels(), outputInIntegers, mask);
      both.eval(decisions(output), outputInIntegers, mask);
      rates.forEach(layer -> layer.add(one, other));
      samples += minibatch.numExamples();
    }
    Require.atLeast("samples to compare", samples, 1);
    return new QuantizationReport(
        samples,
        before.accuracy(),
        after.accuracy(),
        both.accuracy(),
        rates.stream().map(Rates::row).toList());
  }

  /** The network's decisions as labels; a single output decides between two classes at 0.5. */
  private static INDArray decisions(INDArray output) {
    INDArray decided = output.size(1) == 1 ? output.gt(BINARY) : output.eq(output.max(true, 1));
    return decided.castTo(output.dataType());
  }

  /** Sums of a layer's rates. */
  private static final class Rates {

    private final String key;
    private final IntegerNetwork.Layer layer;
    private double trained;
    private double integer;
    private double distance;
    private long count;

    Rates(String key, IntegerNetwork.Layer layer) {
      this.key = key;
      this.layer = layer;
    }

    void add(Map<String, INDArray> one, Map<String, INDArray> other) {
      INDArray before = one.get(key);
      INDArray after = inTrainedUnits(other.get(key));
      trained += before.sumNumber().doubleValue();
      integer += after.sumNumber().doubleValue();
      distance += before.sub(after).norm1Number().doubleValue();
      count += before.length();
    }

    /** Currents are whole numbers of their channel's unit. */
    private INDArray inTrainedUnits(INDArray activation) {
      if (layer.neuron() != null) {
        return activation;
      }
      INDArray units = Nd4j.createFromArray(layer.units()).castTo(activation.dataType());
      return Nd4j.exec(new BroadcastMulOp(activation, units, activation.ulike(), 1));
    }

    LayerRow row() {
      return new LayerRow(
          layer.name(), layer.signalToNoise(), trained / count, integer / count, distance / count);
    }
  }

  /** A table in Markdown. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d samples: %.2f %% correct as trained, %.2f %% correct in integers, %.2f %% equal "
                + "decisions%n%n",
            samples,
            100 * trainedAccuracy,
            100 * integerAccuracy,
            100 * agreement));
    text.append(
        "| layer | weights, dB | rate or current as trained | in integers | difference |\n");
    text.append("| --- | --- | --- | --- | --- |\n");
    for (LayerRow row : layers) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %.4f | %.4f | %.4f |%n",
              row.name(),
              row.signalToNoise(),
              row.trainedRate(),
              row.integerRate(),
              row.rateError()));
    }
    return text.toString();
  }
}
