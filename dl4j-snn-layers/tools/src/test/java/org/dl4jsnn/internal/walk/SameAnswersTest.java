package org.dl4jsnn.internal.walk;

import static org.dl4jsnn.internal.walk.Twins.bits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.FiringRateListener;
import org.dl4jsnn.monitor.health.SpikeHealthListener;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The contract of all tools that look at networks: of a sequence and of the same network written as
 * a graph they say the same, bit for bit, and they disturb neither.
 */
class SameAnswersTest {

  private final INDArray features = Twins.features();
  private final DataSet minibatch = new DataSet(features, Twins.labels());

  /** A tool's answer about a network, in values that can be compared. */
  private interface Tool extends Function<NeuralNetwork, Object> {}

  private enum Encoding {
    POISSON,
    FRESH_POISSON,
    DIRECT;

    SpikeEncoding.Builder builder() {
      return switch (this) {
        case POISSON -> SpikeEncoding.poisson(Twins.STEPS);
        case FRESH_POISSON -> SpikeEncoding.poisson(Twins.STEPS).freshInferenceNoise(true);
        case DIRECT -> SpikeEncoding.direct(Twins.STEPS);
      };
    }
  }

  private enum Looking {
    PROBE(SameAnswersTest::probe),
    TRAINS(SameAnswersTest::trains),
    OUTPUT_OVER_TIME(SameAnswersTest::outputs),
    RATES(network -> FiringRates.measure(network, Twins.features())),
    RATES_OF_TRAINING(network -> FiringRates.measure(network, Twins.features(), true)),
    OPERATIONS(network -> SynapticOperations.count(network, Twins.features())),
    TIME_STEPS(SameAnswersTest::otherSteps),
    PLOTS(SameAnswersTest::plots);

    private final Tool tool;

    Looking(Tool tool) {
      this.tool = tool;
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReportTheSameOfBothTypesAndDisturbNeither(Encoding encoding) {
    List<NeuralNetwork> twins = twins(encoding);
    List<NeuralNetwork> alone = twins(encoding);
    twins.forEach(this::fit);
    alone.forEach(this::fit);
    for (Looking looking : Looking.values()) {
      Object ofSequence = looking.tool.apply(twins.get(0));
      assertEquals(ofSequence, looking.tool.apply(twins.get(1)), looking::name);
      assertNotEquals("[]", ofSequence.toString(), looking::name);
      for (int i = 0; i < 2; i++) {
        String expected = Twins.output(alone.get(i), features);
        assertEquals(expected, Twins.output(twins.get(i), features), looking::name);
      }
    }
    for (int i = 0; i < 2; i++) {
      fit(alone.get(i));
      fit(twins.get(i));
      assertEquals(bits(alone.get(i).params()), bits(twins.get(i).params()));
      assertEquals(bits(alone.get(i).updaterState()), bits(twins.get(i).updaterState()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldBalanceBothTypesTheSameWay(Encoding encoding) {
    for (boolean weights : new boolean[] {true, false}) {
      List<List<Object>> answers = new ArrayList<>();
      for (NeuralNetwork network : twins(encoding)) {
        FiringRateBalance balance = new FiringRateBalance(0.2).withTolerance(0.2);
        answers.add(
            List.of(
                weights
                    ? balance.weights(network, features)
                    : balance.thresholds(network, features),
                bits(network.params()),
                Twins.output(network, features),
                Twins.output(network, features)));
      }
      assertEquals(answers.get(0), answers.get(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldWatchTheHealthOfBothTypesTheSameWay(Encoding encoding) {
    List<List<EpochHealth>> reports = new ArrayList<>();
    for (NeuralNetwork network : twins(encoding)) {
      List<EpochHealth> reported = new ArrayList<>();
      watch(network, new SpikeHealthListener.Builder().interval(1).reportTo(reported::add).build());
      reports.add(reported);
    }
    assertEquals(reports.get(0), reports.get(1));
    assertEquals(2, reports.get(0).size());
    assertTrue(reports.get(0).get(1).hasEnergy());
    assertTrue(reports.get(0).get(1).layers().get(0).gradientNorm().orElseThrow() > 0);
  }

  @ParameterizedTest
  @EnumSource
  void shouldWarnOfBothTypesTheSameWay(Encoding encoding) {
    List<List<String>> warnings = new ArrayList<>();
    for (NeuralNetwork network : twins(encoding)) {
      try (LogOf log = new LogOf(FiringRateListener.class)) {
        watch(network, new FiringRateListener(1, 1e-4, 0.01));
        warnings.add(log.messages(Level.WARN));
      }
    }
    assertEquals(warnings.get(0), warnings.get(1));
    assertNotEquals(List.of(), warnings.get(0));
  }

  /** Two epochs of two minibatches, which end as they do without observers. */
  private void watch(NeuralNetwork network, TrainingListener listener) {
    NeuralNetwork alone = copy(network);
    ((Model) network).setListeners(listener);
    for (NeuralNetwork each : List.of(network, alone)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        fit(each);
        fit(each);
        if (each == network) {
          listener.onEpochEnd((Model) network);
        }
      }
    }
    assertEquals(bits(alone.params()), bits(network.params()));
    assertEquals(Twins.output(alone, features), Twins.output(network, features));
    ((Model) network).setListeners(List.of());
  }

  private static NeuralNetwork copy(NeuralNetwork network) {
    return network instanceof MultiLayerNetwork sequence
        ? sequence.clone()
        : ((ComputationGraph) network).clone();
  }

  private static List<NeuralNetwork> twins(Encoding encoding) {
    return List.of(Twins.sequence(encoding.builder()), Twins.graph(encoding.builder()));
  }

  private void fit(NeuralNetwork network) {
    network.fit(minibatch);
  }

  private static SpikeRecording record(NeuralNetwork network) {
    return SpikeProbe.of(network)
        .allLayers()
        .membranes("conv", 3, 77)
        .membranes("dense")
        .record(Twins.features());
  }

  private static Object probe(NeuralNetwork network) {
    SpikeRecording seen = record(network);
    List<Object> all = new ArrayList<>(seen.layers());
    for (String layer : seen.layers()) {
      all.add(events(seen.train(layer)));
      all.add(bits(seen.rates(layer)));
    }
    for (String layer : List.of("conv", "average", "dense")) {
      all.add(seen.neuron(layer));
      all.add(bits(seen.accumulatedInput(layer)));
      for (int neuron : seen.membranesOf(layer)) {
        all.add(Arrays.toString(seen.membrane(layer, 1, neuron)));
      }
    }
    return all;
  }

  private static Object trains(NeuralNetwork network) {
    RecordedTrains trains = RecordedTrains.of(network, Twins.features());
    List<Object> all = new ArrayList<>();
    for (RecordedTrains.Recorded recorded : trains.all()) {
      all.add(List.of(recorded.index(), recorded.layer(), events(recorded.train())));
    }
    all.add(events(trains.before("dense")));
    all.add(events(trains.before(5)));
    return all;
  }

  private static List<String> events(SpikeTrain train) {
    List<String> all = new ArrayList<>();
    SpikeEvents events = new SpikeEvents(train.shape());
    for (int sample = 0; sample < train.minibatch(); sample++) {
      for (int step = 0; step < train.steps(); step++) {
        train.read(sample, step, events);
        all.add(
            IntStream.range(0, events.size())
                .mapToObj(e -> events.neuron(e) + ": " + events.amplitude(e))
                .toList()
                .toString());
      }
    }
    return all;
  }

  private static Object outputs(NeuralNetwork network) {
    OutputOverTime outputs = OutputOverTime.of(network, Twins.features());
    List<Object> all = new ArrayList<>();
    for (int steps = 1; steps <= outputs.steps(); steps++) {
      all.add(bits(outputs.after(steps)));
    }
    all.add(Arrays.toString(outputs.settled()));
    all.add(
        bits(
            OutputOverTime.of(network, RecordedTrains.of(network, Twins.features()))
                .after(Twins.STEPS)));
    return all;
  }

  private static Object otherSteps(NeuralNetwork network) {
    NeuralNetwork other = steps(network, 2 * Twins.STEPS);
    NetworkWalk walk = NetworkWalk.of(other);
    List<Object> all =
        new ArrayList<>(List.of(walk.iteration(), walk.epoch(), bits(other.updaterState())));
    assertEquals(bits(network.params()), bits(other.params()));
    assertEquals(bits(network.updaterState()), bits(other.updaterState()));
    assertEquals(NetworkWalk.of(network).iteration(), walk.iteration());
    all.add(Twins.output(other, Twins.features()));
    assertEquals(
        Twins.output(steps(network, Twins.STEPS), Twins.features()),
        Twins.output(steps(other, Twins.STEPS), Twins.features()));
    other.fit(new DataSet(Twins.features(), Twins.labels()));
    all.add(bits(other.params()));
    return all;
  }

  private static NeuralNetwork steps(NeuralNetwork network, int steps) {
    return network instanceof MultiLayerNetwork sequence
        ? TimeSteps.change(sequence, steps)
        : TimeSteps.change((ComputationGraph) network, steps);
  }

  private static Object plots(NeuralNetwork network) {
    SpikeRecording seen = record(network);
    return Stream.of(
            Plots.image(Plots.raster("conv", seen.raster("conv", 1, 50))),
            Plots.image(Plots.membrane(seen, "dense", 1, 2)),
            Plots.image(Plots.flow("dense", seen.flow("dense"))),
            Plots.image(Plots.output(OutputOverTime.of(network, Twins.features()), 1)),
            Plots.rateMaps("conv", seen.rates("conv", 1)))
        .map(SameAnswersTest::pixels)
        .toList();
  }

  private static int pixels(BufferedImage image) {
    return Arrays.hashCode(
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
  }
}
