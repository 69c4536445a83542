package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both engines fire the same spikes as the textbook simulation, bit for bit. */
class EnginesTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 9, 8);
  private static final FeatureShape VECTOR = FeatureShape.vector(70);
  private static final int MINIBATCH = 3;
  private static final int STEPS = 12;

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    Map<FeatureShape, List<SpikeTrain>> inputs =
        Map.of(IMAGE, inputs(IMAGE), VECTOR, inputs(VECTOR));
    List<NamedSynapse> synapses = synapses();
    List<SpikingNeuron> neurons = neurons();
    for (int synapse = 0; synapse < synapses.size(); synapse++) {
      List<SpikeTrain> trains = inputs.get(synapses.get(synapse).input());
      for (int neuron = 0; neuron < neurons.size(); neuron++) {
        for (int train = 0; train < trains.size(); train++) {
          if (Cases.include(6, synapse, neuron, train)) {
            cases.add(Arguments.of(synapses.get(synapse), neurons.get(neuron), trains.get(train)));
          }
        }
      }
    }
    return cases.stream();
  }

  private static List<SimulationEngine> engines(SpikeTrain input) {
    List<SimulationEngine> engines = new ArrayList<>();
    engines.add(new DenseEngine(DataType.FLOAT));
    engines.add(new EventDrivenEngine(Kernels.named("plain")));
    if (Kernels.vectorModulePresent()) {
      engines.add(new EventDrivenEngine(Kernels.named("vector")));
    }
    if (input.isConstant()) {
      engines.add(new ConstantCurrentEngine());
    }
    return engines;
  }

  private static List<SpikingNeuron> neurons() {
    return List.of(
        SpikingNeuron.integrateAndFire(1),
        SpikingNeuron.integrateAndFire(0.75),
        new SpikingNeuron(1, 0.875, Reset.toZero(), 0),
        new SpikingNeuron(0.5, 0.5, Reset.bySubtraction(), 0.25),
        new SpikingNeuron(1, 1, Reset.bySubtraction(), 0),
        new SpikingNeuron(1, 1, Reset.to(-0.5), 0.5),
        new SpikingNeuron(1, 0.875, Reset.toZero(), 1.5));
  }

  private static List<SpikeTrain> inputs(FeatureShape shape) {
    return List.of(
        RandomTrains.binary(shape, MINIBATCH, STEPS, 1),
        PackedTrains.of(RandomTrains.binary(shape, MINIBATCH, STEPS, 4)),
        RandomTrains.sparse(shape, MINIBATCH, STEPS, 5),
        RandomTrains.signed(shape, MINIBATCH, STEPS, 2),
        RandomTrains.graded(shape, MINIBATCH, STEPS, 3),
        RandomTrains.constant(shape, MINIBATCH, STEPS, 6));
  }

  private static List<NamedSynapse> synapses() {
    List<NamedSynapse> synapses = new ArrayList<>();
    synapses.add(dense("dense of a vector", VECTOR, 65, false));
    synapses.add(dense("dense of an image with bias", IMAGE, 5, true));
    synapses.add(dense("dense with several blocks", VECTOR, 150, true));
    synapses.add(convolution("3x3 with several blocks", axis(3, 1, 0, 1, true), 100, true));
    synapses.add(convolution("3x3 same, two columns at once", axis(3, 1, 0, 1, true), 20, true));
    synapses.add(
        convolution("3x3 stride 2, two columns at once", axis(3, 2, 1, 1, false), 17, false));
    synapses.add(convolution("3x3 same", axis(3, 1, 0, 1, true), 7, false));
    synapses.add(convolution("5x5 same with bias", axis(5, 1, 0, 1, true), 4, true));
    synapses.add(convolution("2x2 same", axis(2, 1, 0, 1, true), 4, false));
    synapses.add(convolution("3x3 same stride 2", axis(3, 2, 0, 1, true), 4, false));
    synapses.add(convolution("3x3 valid", axis(3, 1, 0, 1, false), 4, false));
    synapses.add(convolution("3x3 padding 2", axis(3, 1, 2, 1, false), 4, false));
    synapses.add(convolution("3x3 stride 2 padding 1", axis(3, 2, 1, 1, false), 4, false));
    synapses.add(convolution("2x2 stride 3", axis(2, 3, 0, 1, false), 4, false));
    synapses.add(convolution("3x3 dilation 2", axis(3, 1, 2, 2, false), 4, false));
    synapses.add(convolution("3x3 dilation 2 same", axis(3, 1, 0, 2, true), 4, false));
    synapses.add(convolution("3x3 stride 2 dilation 3", axis(3, 2, 3, 3, false), 4, false));
    synapses.add(convolution("2x2 same stride 4", axis(2, 4, 0, 1, true), 4, false));
    synapses.add(convolution("4x4 same dilation 1", axis(4, 1, 0, 1, true), 4, false));
    synapses.add(convolution("1x1 dilation 2 stride 3", axis(1, 3, 0, 2, true), 40, false));
    synapses.add(convolution("1x1", axis(1, 1, 0, 1, true), 40, false));
    synapses.add(pooling("average 2x2", axis(2, 2, 0, 1, false)));
    synapses.add(pooling("average 3x3 stride 2", axis(3, 2, 0, 1, false)));
    return synapses;
  }

  private static Window2D.Axis axis(
      int kernel, int stride, int padding, int dilation, boolean same) {
    return new Window2D.Axis(kernel, stride, padding, dilation, same);
  }

  private static INDArray weights(long... shape) {
    return RandomTrains.weights(4 + shape.length, shape);
  }

  private static NamedSynapse dense(String name, FeatureShape input, int outputs, boolean bias) {
    return NamedSynapse.dense(name, input, outputs, bias, EnginesTest::weights);
  }

  private static NamedSynapse convolution(
      String name, Window2D.Axis axis, int outputs, boolean bias) {
    return NamedSynapse.convolution(
        name, IMAGE, new Window2D(axis, axis), outputs, bias, EnginesTest::weights);
  }

  private static NamedSynapse pooling(String name, Window2D.Axis axis) {
    return NamedSynapse.average(name, IMAGE, new Window2D(axis, axis));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void shouldReplayTheMembranesThatFiredTheSpikes(
      NamedSynapse named, SpikingNeuron neuron, SpikeTrain input) {
    for (SimulationEngine engine : engines(input)) {
      SpikeTrain output = engine.simulate(named.synapse(), neuron, input);
      MembraneReplay replay =
          new MembraneReplay(
              new SimulatedWindow(named.synapse(), neuron, input, output),
              MembraneReplay.charges(named.synapse()).get());
      MembraneReplay.Observer observer =
          (step, seen) ->
              assertArrayEquals(aboveThreshold(seen, neuron), fired(seen), engine.toString());
      for (int sample = 0; sample < MINIBATCH; sample++) {
        Neurons neurons = replay.start(sample);
        replay.run(sample, 0, 5, neurons, observer);
        replay.run(sample, 5, STEPS, neurons, observer);
      }
    }
  }

  private static boolean[] fired(Neurons neurons) {
    boolean[] fired = new boolean[neurons.count()];
    for (int k = 0; k < neurons.firedCount(); k++) {
      fired[neurons.fired(k)] = true;
    }
    return fired;
  }

  private static boolean[] aboveThreshold(Neurons neurons, SpikingNeuron neuron) {
    boolean[] above = new boolean[neurons.count()];
    for (int i = 0; i < above.length; i++) {
      above[i] = neurons.variable(0)[i] > (float) neuron.threshold();
    }
    return above;
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void shouldFireTheSpikesOfTheTextbookSimulation(
      NamedSynapse named, SpikingNeuron neuron, SpikeTrain input) {
    INDArray[] expected = DenseReference.simulate(named.synapse(), neuron, input);
    INDArray counts = Nd4j.create(expected[0].shape());
    for (INDArray step : expected) {
      counts.addi(step);
    }
    assertTrue(counts.sumNumber().doubleValue() > 0, "a silent layer shows nothing");
    for (SimulationEngine engine : engines(input)) {
      SpikeTrain actual = engine.simulate(named.synapse(), neuron, input);
      for (int step = 0; step < STEPS; step++) {
        String when = engine + ", step " + step;
        assertEquals(expected[step], DenseReference.frame(actual, step), when);
      }
      assertArrayEquals(counts.dup('c').data().asFloat(), actual.totals(), engine.toString());
    }
  }

  @Test
  void shouldChooseTheEngineByDensityWhereALimitIsSet() {
    NamedSynapse named = synapses().get(3);
    SpikeTrain few = RandomTrains.sparse(IMAGE, 2, STEPS, 4);
    SpikeTrain many =
        SpikeEncoder.poisson(STEPS, 1).encode(Nd4j.ones(2, 3, 9, 8), NoiseKey.training(1, 0));
    assertEquals(EventDrivenEngine.class, chosen(named, many));
    try {
      System.setProperty(Engines.DENSITY_PROPERTY, "0.45");
      assertEquals(EventDrivenEngine.class, chosen(named, few));
      assertEquals(DenseEngine.class, chosen(named, many));
      System.setProperty(Engines.DENSITY_PROPERTY, "many");
      assertThrows(IllegalArgumentException.class, () -> chosen(named, many));
    } finally {
      System.clearProperty(Engines.DENSITY_PROPERTY);
    }
    assertThrows(IllegalArgumentException.class, () -> Engines.named("fast", DataType.FLOAT));
  }

  private static Class<?> chosen(NamedSynapse layer, SpikeTrain input) {
    return Engines.choose(layer.synapse(), Recurrence.NONE, input, DataType.FLOAT, HostLayers.FRESH)
        .getClass();
  }
}
