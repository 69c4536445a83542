package org.dl4jsnn.internal.walk;

import static org.dl4jsnn.internal.walk.Twins.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.monitor.FiringRates;
import org.dl4jsnn.monitor.OutputOverTime;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.monitor.SpikeRecording;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.plot.Plots;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Tools that look at a graph with a way around a layer. */
class ResidualGraphTest {

  private static final int CHANNELS = 4;

  private final INDArray features = Twins.features();

  private static SpikingConvolution2D conv() {
    return new SpikingConvolution2D.Builder(3, 3).nOut(CHANNELS).threshold(0.5).build();
  }

  private static GraphBuilder block() {
    return Twins.settings(3)
        .graphBuilder()
        .addInputs("in")
        .setInputTypes(Twins.IMAGES)
        .addLayer("encoding", SpikeEncoding.poisson(Twins.STEPS).build(), "in")
        .addLayer("below", conv(), "encoding")
        .addLayer("inside", conv(), "below")
        .addVertex("sum", new SpikingAdd(), "below", "inside");
  }

  private static ComputationGraph residual() {
    return initialised(
        block()
            .addLayer("dense", new SpikingDense.Builder().nOut(7).threshold(0.5).build(), "sum")
            .addLayer("out", Twins.readOut(), "dense")
            .setOutputs("out"));
  }

  private static ComputationGraph initialised(GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    return graph;
  }

  @Test
  void shouldProbeLayersAndVertices() {
    ComputationGraph graph = residual();
    SpikeRecording seen =
        SpikeProbe.of(graph).allLayers().membranes("dense").membranes("inside", 5).record(features);
    assertEquals(List.of("encoding", "below", "inside", "sum", "dense"), seen.layers());
    INDArray both = seen.accumulatedOutput("below").add(seen.accumulatedOutput("inside"));
    assertEquals(bits(both), bits(seen.accumulatedOutput("sum")));
    for (int neuron = 0; neuron < 7; neuron++) {
      float[] membrane = seen.membrane("dense", 1, neuron);
      boolean[] fired = seen.fired("dense", 1, neuron);
      for (int step = 0; step < Twins.STEPS; step++) {
        assertEquals(membrane[step] > 0.5f, fired[step]);
      }
    }
    assertEquals(bits(graph.feedForward(features, false).get("dense")), bits(seen.rates("dense")));
    Plots.image(Plots.raster("sum", seen.raster("sum", 1, 50)));
    Plots.rateMaps("inside", seen.rates("inside", 1));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> SpikeProbe.of(graph).membranes("sum", 1));
    assertEquals(
        "layer must have neurons for their membranes to be watched, got 'sum' (SpikingAdd)",
        error.getMessage());
  }

  @Test
  void shouldSayWhatALayerGets() {
    RecordedTrains trains = RecordedTrains.of(residual(), features);
    List<RecordedTrains.Recorded> all = trains.all();
    assertEquals("sum", all.get(3).layer());
    SpikeTrain sum = all.get(3).train();
    assertEquals(sum, trains.before("dense"));
    assertEquals(all.get(1).train(), trains.before("inside"));
    assertEquals(all.get(4).train(), trains.before("out"));
    assertThrows(NoSuchElementException.class, () -> trains.before("sum"));
    assertThrows(NoSuchElementException.class, () -> trains.before("encoding"));
    assertThrows(NoSuchElementException.class, () -> trains.before("nobody"));
    float[] both = all.get(1).train().totals().clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += all.get(2).train().totals()[i];
    }
    assertArrayEquals(both, sum.totals());
  }

  @Test
  void shouldAnswerStepByStep() {
    ComputationGraph graph = residual();
    OutputOverTime outputs = OutputOverTime.of(graph, features);
    assertEquals(bits(graph.outputSingle(features)), bits(outputs.after(Twins.STEPS)));
    assertEquals(bits(TimeSteps.change(graph, 4).outputSingle(features)), bits(outputs.after(4)));
  }

  @Test
  void shouldAnswerStepByStepWhereBranchesMeetBeforeTheReadOut() {
    ComputationGraph graph =
        initialised(block().addLayer("out", Twins.readOut(), "sum").setOutputs("out"));
    // Each branch's rate is rounded before they are added, which may change the last bit.
    assertTrue(
        graph
            .outputSingle(features)
            .equalsWithEps(OutputOverTime.of(graph, features).after(Twins.STEPS), 1e-6));
    ComputationGraph maximum =
        initialised(
            block()
                .addLayer(
                    "maximum",
                    new SpikingPooling2D.Builder(PoolingType.MAX, 1, 1).build(),
                    "inside")
                .addVertex("mixed", new SpikingAdd(), "sum", "maximum")
                .addLayer("out", Twins.readOut(), "mixed")
                .setOutputs("out"));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> OutputOverTime.of(maximum, features));
    assertTrue(error.getMessage().endsWith("got 'maximum' (SpikingPooling2D)"), error.getMessage());
  }

  @Test
  void shouldCountAnAdditionForEverySpikeOfBothBranches() {
    ComputationGraph graph = residual();
    List<SynapticOperations.OfLayer> counts = SynapticOperations.count(graph, features);
    assertEquals(
        List.of("below", "inside", "dense"),
        counts.stream().map(SynapticOperations.OfLayer::layer).toList());
    assertEquals(CHANNELS * 36 * 7, counts.get(2).multiplyAdds());
    assertTrue(counts.get(2).additions() > 0);
  }

  @Test
  void shouldBalanceLayerAfterLayer() {
    ComputationGraph graph = residual();
    List<FiringRateBalance.LayerRow> balances =
        new FiringRateBalance(0.15).withTolerance(0.1).weights(graph, features);
    assertEquals(
        List.of("below", "inside", "dense"),
        balances.stream().map(FiringRateBalance.LayerRow::layer).toList());
    List<FiringRates> rates = FiringRates.measure(graph, new INDArray[] {features}, true);
    for (int i = 0; i < balances.size(); i++) {
      assertEquals(0.15, balances.get(i).after(), 0.015);
      assertEquals(balances.get(i).after(), rates.get(i).mean());
    }
  }

  @Test
  void shouldSaveAndCloneABalancedGraph(@TempDir File folder) throws IOException {
    ComputationGraph graph = residual();
    String before = Twins.output(graph, features);
    new FiringRateBalance(0.15).withTolerance(0.1).thresholds(graph, features);
    String output = Twins.output(graph, features);
    assertNotEquals(before, output);
    assertEquals(output, Twins.output(graph.clone(), features));
    File file = new File(folder, "balanced.zip");
    ModelSerializer.writeModel(graph, file, true);
    assertEquals(output, Twins.output(ModelSerializer.restoreComputationGraph(file), features));
  }

  @Test
  void shouldLeaveAGraphAsItWasWhereALayerCannotFireAtTheRate() {
    ComputationGraph graph = residual();
    graph.getLayer("dense").getParam("W").assign(-1);
    String parameters = bits(graph.params());
    String configuration = graph.getConfiguration().toJson();
    for (boolean weights : new boolean[] {true, false}) {
      FiringRateBalance balance = new FiringRateBalance(0.15);
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  List.of(
                      weights
                          ? balance.weights(graph, features)
                          : balance.thresholds(graph, features)));
      assertTrue(error.getMessage().startsWith("layer 'dense' must be able to fire"));
      assertEquals(parameters, bits(graph.params()));
      assertEquals(configuration, graph.getConfiguration().toJson());
    }
  }

  @Test
  void shouldLeaveFrozenLayersOfAGraphAlone() {
    ComputationGraph free = residual();
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(free).setFeatureExtractor("below").build();
    assertEquals(
        SpikeProbe.of(free).layer("inside").record(features).layers(),
        SpikeProbe.of(frozen).layer("inside").record(features).layers());
    assertEquals(
        SynapticOperations.count(free, features).stream()
            .map(SynapticOperations.OfLayer::layer)
            .toList(),
        SynapticOperations.count(frozen, features).stream()
            .map(SynapticOperations.OfLayer::layer)
            .toList());
    String weights = bits(frozen.getLayer("below").getParam("W"));
    List<FiringRateBalance.LayerRow> balances =
        new FiringRateBalance(0.15).withTolerance(0.3).weights(frozen, features);
    assertEquals(
        List.of("inside", "dense"),
        balances.stream().map(FiringRateBalance.LayerRow::layer).toList());
    assertEquals(weights, bits(frozen.getLayer("below").getParam("W")));
    assertEquals(
        bits(TimeSteps.change(free, 4).feedForward(features, false).get("below")),
        bits(TimeSteps.change(frozen, 4).feedForward(features, false).get("below")));
  }

  @Test
  void shouldLookIntoFrozenVertices() {
    ComputationGraph free = residual();
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(free).setFeatureExtractor("sum").build();
    SpikeRecording seen = SpikeProbe.of(free).allLayers().membranes("dense", 3).record(features);
    SpikeRecording same = SpikeProbe.of(frozen).allLayers().membranes("dense", 3).record(features);
    assertEquals(seen.layers(), same.layers());
    for (String layer : seen.layers()) {
      assertEquals(bits(seen.rates(layer)), bits(same.rates(layer)), layer);
    }
    assertArrayEquals(seen.membrane("dense", 1, 3), same.membrane("dense", 1, 3));
    assertEquals(
        List.of("dense"),
        new FiringRateBalance(0.15)
            .withTolerance(0.3).weights(frozen, features).stream()
                .map(FiringRateBalance.LayerRow::layer)
                .toList());
  }
}
