package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Sequences of unequal length that end in spikes of the other class, which the mask hides. */
class TrainingMasksTest {

  private static final int STEPS = 12;
  private static final int FEATURES = 6;
  private static final int SAMPLES = 32;

  @TempDir private Path folder;

  private static DataSetIterator data(boolean hasMask) {
    Random random = new Random(1);
    INDArray features = Nd4j.zeros(SAMPLES, FEATURES, STEPS);
    INDArray labels = Nd4j.zeros(SAMPLES, 2);
    INDArray mask = Nd4j.zeros(SAMPLES, STEPS);
    for (int sample = 0; sample < SAMPLES; sample++) {
      int label = sample % 2;
      int length = 3 + random.nextInt(5);
      labels.putScalar(sample, label, 1);
      for (int step = 0; step < STEPS; step++) {
        mask.putScalar(sample, step, step < length ? 1 : 0);
        int shown = step < length ? label : 1 - label;
        for (int i = 0; i < FEATURES; i++) {
          boolean fires = i % 2 == shown && random.nextDouble() < 0.8;
          features.putScalar(new int[] {sample, i, step}, fires ? 1 : 0);
        }
      }
    }
    List<DataSet> minibatches = new ArrayList<>();
    minibatches.add(new DataSet(features, labels, hasMask ? mask : null, null));
    return new ExistingDataSetIterator(minibatches);
  }

  private static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(0.02));
  }

  private static SpikeEncoding encoding() {
    return SpikeEncoding.frames().masked(true).build();
  }

  private static SpikingDense dense() {
    return new SpikingDense.Builder().nOut(16).build();
  }

  private static LeakyReadOut readOut() {
    return new LeakyReadOut.Builder().nOut(2).reads(MembraneReadOut.MEAN).build();
  }

  private static LossLayer loss() {
    return new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build();
  }

  private double measured(Model network) {
    TrainingSettings settings = TrainingSettings.savingTo(folder.resolve("model.zip")).epochs(10);
    try (StopRequest stop = StopRequest.onSignal(() -> {});
        Training training =
            Training.open(settings, TrainingData.of(data(true), data(true), data(true)))) {
      List<EpochRow> rows = training.begin(network, stop).rows();
      EpochRow last = rows.get(rows.size() - 1);
      assertEquals(last.test(), last.heldOut());
      return last.test();
    }
  }

  @Test
  void shouldMeasureAccuracyWithTheMasksOfSequences() {
    MultiLayerNetwork network =
        Networks.of(
            settings()
                .list()
                .layer(encoding())
                .layer(dense())
                .layer(readOut())
                .layer(loss())
                .setInputType(InputType.recurrent(FEATURES, STEPS))
                .build());
    double measured = measured(network);
    assertEquals(network.evaluate(data(true)).accuracy(), measured);
    assertNotEquals(network.evaluate(data(false)).accuracy(), measured);
  }

  @Test
  void shouldDoSoInGraphs() {
    ComputationGraph graph =
        new ComputationGraph(
            settings()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.recurrent(FEATURES, STEPS))
                .addLayer("encoding", encoding(), "in")
                .addLayer("dense", dense(), "encoding")
                .addLayer("read-out", readOut(), "dense")
                .addLayer("loss", loss(), "read-out")
                .setOutputs("loss")
                .build());
    graph.init();
    double measured = measured(graph);
    assertEquals(accuracy(graph, true), measured);
    assertNotEquals(accuracy(graph, false), measured);
  }

  private static double accuracy(ComputationGraph graph, boolean hasMask) {
    Evaluation evaluation = graph.evaluate(data(hasMask));
    return evaluation.accuracy();
  }
}
