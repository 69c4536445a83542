package org.dl4jsnn.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.layer.LayerSettings;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkVisitor.Passage;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link NormalizationFolding#unfold}. */
final class NormalizationUnfolding {

  private static final int FEWEST = 2;

  private NormalizationUnfolding() {}

  static MultiLayerNetwork unfold(
      MultiLayerNetwork folded, CurrentNormalization normalization, DataSetIterator samples) {
    MultiLayerNetwork network =
        NetworkRewriting.rewrite(folded, unfolding(folded, normalization, samples));
    network.getLayerWiseConfigurations().setIterationCount(0);
    network.getLayerWiseConfigurations().setEpochCount(0);
    network.getLayerWiseConfigurations().getConfs().forEach(NormalizationUnfolding::countFromZero);
    return network;
  }

  static ComputationGraph unfold(
      ComputationGraph folded, CurrentNormalization normalization, DataSetIterator samples) {
    ComputationGraph network =
        NetworkRewriting.rewrite(folded, unfolding(folded, normalization, samples));
    network.getConfiguration().setIterationCount(0);
    network.getConfiguration().setEpochCount(0);
    for (Layer layer : network.getLayers()) {
      countFromZero(layer.conf());
    }
    return network;
  }

  private static void countFromZero(NeuralNetConfiguration configuration) {
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
  }

  private static Unfolding unfolding(
      NeuralNetwork folded, CurrentNormalization normalization, DataSetIterator samples) {
    Require.given("normalization", normalization);
    Require.given("samples", samples);
    NetworkWalk walk = NetworkWalk.of(folded);
    Map<String, CurrentStatistics> statistics = new HashMap<>();
    if (!samples.resetSupported()) {
      throw new IllegalArgumentException(
          "samples must be an iterator that can be reset, got " + samples.getClass().getName());
    }
    samples.reset();
    long count = 0;
    while (samples.hasNext()) {
      DataSet minibatch = samples.next();
      Require.not(
          minibatch.getFeaturesMaskArray() != null,
          "samples must have no masks, got a mask of the features. Possible cause: sequences of"
              + " different lengths; give samples of one length");
      walk.run(
          new INDArray[] {minibatch.getFeatures()}, false, passage -> look(passage, statistics));
      count += minibatch.getFeatures().size(0);
    }
    if (count < FEWEST) {
      throw new IllegalArgumentException(
          "samples must be at least " + FEWEST + ", since one has no variance, got " + count);
    }
    Require.not(
        statistics.isEmpty(),
        "network must have a spiking layer with a bias and without normalisation, got none."
            + " Possible cause: its normalisation was never folded");
    return new Unfolding(normalization, statistics);
  }

  /** Collects the currents of folded layers while the network runs. */
  private static void look(Passage passage, Map<String, CurrentStatistics> statistics) {
    if (passage.part().configuration() instanceof BaseSpikingLayer layer
        && layer.hasBias()
        && layer.getNormalization() == null
        && !passage.part().isFrozen()) {
      statistics.computeIfAbsent(passage.part().key(), key -> new CurrentStatistics()).add(passage);
    }
  }

  private record Unfolding(
      CurrentNormalization normalization, Map<String, CurrentStatistics> statistics)
      implements NetworkRewriting.LayerRewrite {

    @Override
    public FeedForwardLayer replace(String key, BaseSpikingLayer layer, LayerSettings settings) {
      return statistics.containsKey(key) ? settings.withCurrents(false, normalization) : layer;
    }

    @Override
    public void fill(
        String key,
        BaseSpikingLayer trained,
        Map<String, INDArray> parameters,
        Map<String, INDArray> target) {
      if (!statistics.containsKey(key)) {
        return;
      }
      INDArray bias = parameters.get(Synapse.BIAS);
      // The currents are those with the bias, so that their mean is the new shift.
      INDArray mean = statistics.get(key).mean().castTo(bias.dataType());
      INDArray variance = statistics.get(key).variance();
      target
          .get(CurrentNormalization.GAIN)
          .assign(Transforms.sqrt(variance.add(normalization.epsilon())));
      target.get(CurrentNormalization.SHIFT).assign(mean);
      target.get(CurrentNormalization.MEAN).assign(mean.sub(bias));
      target.get(CurrentNormalization.VARIANCE).assign(variance);
    }
  }

  /**
   * Mean and variance, per output channel, of a layer's mean currents over minibatches and
   * positions. Sums are in double precision.
   */
  private static final class CurrentStatistics {

    private INDArray sum;
    private INDArray squares;
    private long count;

    /** Adds the currents of a minibatch, bias included. */
    void add(Passage passage) {
      SpikingLayer layer = (SpikingLayer) passage.part().layer();
      DataType type = layer.getParam(Synapse.WEIGHT).dataType();
      try (INDArray currents =
              meanCurrents(layer.synapse(), type, passage.arriving().orElseThrow());
          INDArray exact = currents.castTo(DataType.DOUBLE).dup('c')) {
        int[] others = IntStream.range(0, exact.rank()).filter(axis -> axis != 1).toArray();
        count += exact.length() / exact.size(1);
        sum = add(sum, exact.sum(others));
        squares = add(squares, exact.muli(exact).sum(others));
      }
    }

    private static INDArray add(INDArray before, INDArray more) {
      if (before == null) {
        return more;
      }
      before.addi(more);
      more.close();
      return before;
    }

    private static INDArray meanCurrents(Synapse synapse, DataType type, SpikeTrain train) {
      int minibatch = train.minibatch();
      INDArray currents =
          Nd4j.createUninitialized(type, synapse.outputShape().arrayShape(minibatch), 'c');
      try (INDArray totals = Nd4j.create(train.totals(), train.shape().arrayShape(minibatch), 'c');
          INDArray rates = totals.castTo(type).div(train.steps())) {
        synapse.current(rates, 1, currents);
      }
      return currents;
    }

    INDArray mean() {
      return sum.div(count);
    }

    INDArray variance() {
      INDArray mean = mean();
      return Nd4j.math().max(squares.div(count).subi(mean.mul(mean)), Nd4j.zerosLike(mean));
    }
  }
}
