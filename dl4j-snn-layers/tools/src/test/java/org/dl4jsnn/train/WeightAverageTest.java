package org.dl4jsnn.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class WeightAverageTest {

  private static final IntPredicate NEVER = iteration -> false;
  private static final double KEPT = 0.6;

  @TempDir private Path folder;

  private SmallTraining training(String name) {
    SmallTraining training = new SmallTraining(folder.resolve(name), 3);
    training.keptOfAverage = KEPT;
    return training;
  }

  @Test
  void shouldAverageTheParametersOfAllMinibatches() {
    MultiLayerNetwork network = SmallTraining.network();
    List<double[]> parameters = new ArrayList<>();
    parameters.add(network.params().toDoubleVector());
    network.addListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            parameters.add(model.params().toDoubleVector());
          }
        });
    TrainingResult<MultiLayerNetwork> result = training("model.zip").run(network, NEVER);
    double[] expected = parameters.get(0);
    for (int n = 1; n < parameters.size(); n++) {
      double kept = Math.min(KEPT, (1.0 + n) / (10 + n));
      for (int i = 0; i < expected.length; i++) {
        expected[i] = kept * expected[i] + (1 - kept) * parameters.get(n)[i];
      }
    }
    MultiLayerNetwork averaged = ModelFile.load(result.average().orElseThrow());
    assertArrayEquals(expected, averaged.params().toDoubleVector(), 1e-5);
    assertEquals(3, averaged.getEpochCount());
    assertNotEquals(averaged.params(), result.network().params());
  }

  /** More parameters than one thread averages at a time. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void shouldAverageManyParametersBitForBit(DataType type) {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .dataType(type)
                .list()
                .layer(new OutputLayer.Builder().nIn(400).nOut(400).build())
                .build());
    INDArray before = network.params().dup();
    WeightAverage average = WeightAverage.beginning(KEPT, network);
    network.setParams(Nd4j.rand(type, before.shape()));
    average.add(TrainableNetwork.of(network));
    double share = 1 - 1.0 / 10;
    Number ofType = type == DataType.DOUBLE ? (Number) share : (Number) (float) share;
    assertSameBits(before.add(network.params().sub(before).muli(ofType)), average.parameters());
  }

  /** In half precision a thousandth of a change would often be nothing. */
  @Test
  void shouldAverageHalfPrecisionInSinglePrecision() throws Exception {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT16)
                .list()
                .layer(new OutputLayer.Builder().nIn(40).nOut(40).build())
                .build());
    network.params().assign(0.05);
    WeightAverage average = WeightAverage.beginning(0.999, network);
    network.params().assign(0.06);
    network.setIterationCount(100_000);
    for (int i = 0; i < 1000; i++) {
      average.add(TrainableNetwork.of(network));
    }
    double expected = 0.06 - 0.01 * Math.pow(0.999, 1000);
    assertEquals(expected, average.parameters().getDouble(0), 1e-4);
    TrainableNetwork<MultiLayerNetwork> averaged = average.of(TrainableNetwork.of(network));
    assertEquals(DataType.FLOAT16, averaged.model().params().dataType());
    assertEquals(expected, averaged.model().params().getDouble(0), 1e-4);
    Path file = folder.resolve("half.zip");
    TrainingState state = TrainingState.atEpochStart(1, 1);
    Checkpoint.save(TrainableNetwork.of(network), state, Optional.of(average), file);
    TrainableNetwork<MultiLayerNetwork> loaded = TrainableNetwork.of(ModelFile.load(file));
    assertSameBits(
        average.parameters(),
        Checkpoint.of(loaded, file, SafeModels.defaults())
            .average(0.999)
            .orElseThrow()
            .parameters());
  }

  /** A training that has no epoch left still leaves the average where it is saved. */
  @Test
  void shouldWriteTheAverageOfAFinishedTrainingInAnotherFile() {
    training("model.zip").run();
    TrainingResult<MultiLayerNetwork> result =
        training("other.zip").resume(folder.resolve("model.zip"), NEVER);
    SmallTraining.assertSame(
        TrainingFiles.average(folder.resolve("model.zip")), result.average().orElseThrow());
  }

  @Test
  void shouldMeasureAndChooseTheAverage() {
    TrainingResult<MultiLayerNetwork> result = training("model.zip").run();
    MultiLayerNetwork averaged = ModelFile.load(result.average().orElseThrow());
    EpochRow last = result.rows().get(2);
    assertEquals(averaged.evaluate(SmallTraining.data().test()).accuracy(), last.test(), 1e-9);
    assertEquals(
        averaged.evaluate(SmallTraining.data().heldOut()).accuracy(), last.heldOut(), 1e-9);
    MultiLayerNetwork best = ModelFile.load(result.best().orElseThrow().file());
    assertEquals(
        result.best().orElseThrow().accuracy(),
        best.evaluate(SmallTraining.data().heldOut()).accuracy(),
        1e-9);
    assertEquals(3, best.getEpochCount());
    assertSameBits(averaged.params(), best.params());
  }

  @Test
  void shouldLearnTheSameAsWithoutAverage() {
    TrainingResult<MultiLayerNetwork> with = training("with.zip").run();
    TrainingResult<MultiLayerNetwork> without =
        new SmallTraining(folder.resolve("without.zip"), 3).run();
    SmallTraining.assertSame(with.network(), without.network());
    assertTrue(without.average().isEmpty());
  }

  @Test
  void shouldGoOnBitForBit() {
    training("straight.zip").run();
    training("stopped.zip").run(SmallTraining.network(), Set.of(2, 9)::contains);
    Path stopped = folder.resolve("stopped.zip");
    training("stopped.zip").resume(stopped, Set.of(2, 9)::contains);
    training("stopped.zip").resume(stopped, NEVER);
    for (String ending : List.of(".zip", "-average.zip", "-best.zip")) {
      SmallTraining.assertSame(
          ModelFile.load(folder.resolve("straight" + ending)),
          ModelFile.load(folder.resolve("stopped" + ending)));
    }
  }

  @Test
  void shouldRefuseSharesOutOfRange() {
    TrainingSettings settings = TrainingSettings.savingTo(folder.resolve("model.zip"));
    assertEquals(
        "share kept by the average of the weights must be at least 0 and below 1, got 1.0",
        assertThrows(IllegalArgumentException.class, () -> settings.averageWeights(1))
            .getMessage());
  }

  @Test
  void shouldKeepTheCountersOfGraphs() {
    TrainingResult<ComputationGraph> result =
        training("graph.zip").run(SmallTraining.graph(), NEVER);
    ComputationGraph averaged = ModelFile.loadGraph(result.average().orElseThrow());
    assertEquals(3, averaged.getEpochCount());
    assertEquals(3 * SmallTraining.MINIBATCHES, averaged.getIterationCount());
    ComputationGraph best = ModelFile.loadGraph(result.best().orElseThrow().file());
    assertEquals(best.getEpochCount() * SmallTraining.MINIBATCHES, best.getIterationCount());
    assertTrue(best.getIterationCount() > 0);
  }
}
