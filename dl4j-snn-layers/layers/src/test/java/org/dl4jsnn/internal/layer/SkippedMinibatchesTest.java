package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j skips minibatches silently; a spiking network notices. */
class SkippedMinibatchesTest {

  private static final int STEPS = 12;
  private final DataSet series = new DataSet(Nd4j.rand(4, 3, STEPS), Nd4j.rand(4, 2));

  @Test
  void shouldSayThatDeeplearning4jSkipsMinibatchesWithoutLabelsInTime() {
    for (Runnable training :
        List.<Runnable>of(
            () -> network(BackpropType.TruncatedBPTT).fit(minibatches(2)),
            () -> network(BackpropType.TruncatedBPTT).fit(minibatches(1), 2),
            () -> network(BackpropType.TruncatedBPTT).fit(series),
            () -> network(BackpropType.TruncatedBPTT).fit(series.getFeatures(), series.getLabels()),
            () -> seen(network(BackpropType.TruncatedBPTT)).fit(series),
            () -> seen(network(BackpropType.TruncatedBPTT)).fit(minibatches(2)))) {
      assertRefused(
          DL4JInvalidConfigException.class,
          training::run,
          "layer 'encoding' (SpikeEncoding): backpropType TruncatedBPTT needs",
          "remove backpropType");
    }
  }

  /** Deeplearning4j tells layers the counts in many orders; none may be taken for a skipped one. */
  @Test
  void shouldTrainInEveryOrderOfCalls() {
    MultiLayerNetwork network = network(BackpropType.Standard);
    network.incrementEpochCount();
    network.incrementEpochCount();
    network.fit(series);
    network.fit(series);
    network.output(series.getFeatures());
    network.score(series);
    network.fit(minibatches(2), 2);
    Networks.backprop(network, series.getFeatures(), series.getLabels());
    network.computeGradientAndScore();
    network.clearLayersStates();
    network.fit(minibatches(1));
    network.setInput(series.getFeatures());
    network.clearLayersStates();
    network.fit(series);
    assertThrows(
        RuntimeException.class, () -> network.fit(Nd4j.rand(4, 5, STEPS), series.getLabels()));
    assertThrows(
        RuntimeException.class, () -> network.fit(Nd4j.rand(4, 5, STEPS), series.getLabels()));
    network.clone().fit(series);
    network.fit(minibatches(3));
    network.fit(new ListDataSetIterator<>(List.<DataSet>of(), 1));
    network.fit(new ListDataSetIterator<>(List.<DataSet>of(), 1));
    network.fit(series);
    assertEquals(2 + 4 + 1 + 1 + 3 + 1, network.getIterationCount());
    ComputationGraph graph = network(BackpropType.Standard).toComputationGraph();
    graph.fit(series);
    graph.fit(minibatches(2), 2);
    graph.fit(series);
    assertEquals(6, graph.getIterationCount());
  }

  private ListDataSetIterator<DataSet> minibatches(int count) {
    return new ListDataSetIterator<>(Collections.nCopies(count, series), 1);
  }

  private MultiLayerNetwork seen(MultiLayerNetwork network) {
    network.output(series.getFeatures());
    return network;
  }

  private static MultiLayerNetwork network(BackpropType type) {
    return Networks.of(
        Networks.list(
                Networks.seeded(1),
                InputType.recurrent(3, STEPS),
                SpikeEncoding.frames().name("encoding").build(),
                new SpikingDense.Builder().nOut(5).threshold(0.3).build(),
                Networks.readOut(2))
            .backpropType(type)
            .build());
  }
}
