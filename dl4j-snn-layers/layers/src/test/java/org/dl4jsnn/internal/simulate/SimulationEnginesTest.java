package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.internal.simulate.NamedSynapse.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every engine keeps, over long windows:
 *
 * <ul>
 *   <li>without input and bias there are no spikes;
 *   <li>causality: what arrives at a step changes no spike before it;
 *   <li>samples are independent: spikes follow a permutation of the minibatch, and part of a
 *       minibatch fires as it does in the whole;
 *   <li>the number of threads does not matter, nor how the engine splits the window in blocks;
 *   <li>where sums of weights are exact it fires the spikes of the other engine.
 * </ul>
 *
 * <p>EnginesTest compares them with the textbook simulation.
 */
class SimulationEnginesTest {

  private static final int STEPS = 70;
  private static final int LONG = 200;
  private static final int SAMPLES = 4;

  private static final SimulationEngine DENSE = new DenseEngine(DataType.FLOAT);
  private static final SimulationEngine PLAIN = new EventDrivenEngine(Kernels.named("plain"));

  private static List<SimulationEngine> engines() {
    return Kernels.vectorModulePresent()
        ? List.of(DENSE, PLAIN, new EventDrivenEngine(Kernels.named("vector")))
        : List.of(DENSE, PLAIN);
  }

  private static List<NamedSynapse> synapses(boolean bias) {
    FeatureShape vector = FeatureShape.vector(21);
    FeatureShape image = FeatureShape.image(2, 6, 5);
    NamedSynapse.Weights weights = shape -> RandomTrains.weights(shape.length, shape);
    return List.of(
        NamedSynapse.dense("dense", vector, 35, bias, weights),
        NamedSynapse.convolution("convolution", image, window(3, 1, true), 5, bias, weights),
        NamedSynapse.average("average", image, window(2, 2, false)));
  }

  /** Neurons whose membranes stay exact for the whole window. */
  private static List<NeuronDynamics> exact() {
    return List.of(
        SpikingNeuron.integrateAndFire(1),
        new SpikingNeuron(0.75, 1, Reset.to(-0.5), 0.25),
        new SpikingNeuron(1, 1, Reset.bySubtraction(), 0),
        new AdaptiveNeuron(new SpikingNeuron(0.75, 1, Reset.bySubtraction(), 0), 0.0625, 1),
        new RefractoryNeuron(new SpikingNeuron(0.75, 1, Reset.bySubtraction(), 0), 2),
        new IntegerNeuron(new int[] {1}, new int[] {4096}, true, new int[] {0}, new int[] {0}));
  }

  private static List<NeuronDynamics> neurons() {
    List<NeuronDynamics> neurons = new ArrayList<>(exact());
    neurons.add(new SynapticNeuron(new SpikingNeuron(0.8, 0.9, Reset.bySubtraction(), 0), 0.7));
    neurons.add(new AdaptiveNeuron(new SpikingNeuron(0.8, 0.9, Reset.toZero(), 0), 0.3, 0.9));
    neurons.add(
        AdLifNeuron.of(AdLifNeuron.Form.SYMPLECTIC, 0.5, 0.9, 0.02, 0.03).withThreshold(0.3));
    neurons.add(new SpikingNeuron(1, 0.9, Reset.toZero(), 0));
    neurons.add(new SpikingNeuron(0.7, 0.6, Reset.bySubtraction(), 0.3));
    return neurons;
  }

  static Stream<Arguments> exactCases() {
    return cases(exact());
  }

  static Stream<Arguments> allCases() {
    return cases(neurons());
  }

  private static Stream<Arguments> cases(List<NeuronDynamics> neurons) {
    return Cases.crossed(3, engines(), synapses(true), neurons, List.of(Frames.values()));
  }

  private static SpikeTrain train(INDArray frames) {
    return SpikeEncoder.frames().encode(frames, NoiseKey.inference(0));
  }

  private static float[][][] spikes(
      SimulationEngine engine, NamedSynapse named, NeuronDynamics neuron, INDArray frames) {
    return Spikes.of(engine.simulate(named.synapse(), neuron, train(frames)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void shouldFireNothingWithoutInput(SimulationEngine engine) {
    for (NamedSynapse named : synapses(false)) {
      for (NeuronDynamics neuron : neurons()) {
        INDArray zeros = Frames.zeros(named.input(), SAMPLES, STEPS);
        SpikeTrain output = engine.simulate(named.synapse(), neuron, train(zeros));
        assertEquals(0, Spikes.activity(Spikes.of(output)), named + ", " + neuron);
        assertArrayEquals(
            new float[SAMPLES * output.shape().neurons()], output.totals(), named.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("allCases")
  void shouldNotLookAhead(
      SimulationEngine engine, NamedSynapse named, NeuronDynamics neuron, Frames kind) {
    INDArray frames = kind.random(named.input(), SAMPLES, STEPS, 1);
    INDArray others = Frames.GRADED.random(named.input(), SAMPLES, STEPS, 2);
    float[][][] expected = spikes(engine, named, neuron, frames);
    assertTrue(Spikes.activity(expected) > 0, "a silent layer shows nothing");
    for (int step : new int[] {1, 64}) {
      INDArray changed = Frames.spliced(frames, step, others);
      assertArrayEquals(
          Spikes.firstSteps(expected, step),
          Spikes.firstSteps(spikes(engine, named, neuron, changed), step),
          "before step " + step);
    }
  }

  @ParameterizedTest
  @MethodSource("exactCases")
  void shouldSimulateEachSampleIndependently(
      SimulationEngine engine, NamedSynapse named, NeuronDynamics neuron, Frames kind) {
    int[] order = {2, 3, 1, 0};
    INDArray frames = kind.random(named.input(), SAMPLES, STEPS, 3);
    float[][][] all = spikes(engine, named, neuron, frames);
    assertArrayEquals(
        Spikes.samples(all, order),
        spikes(engine, named, neuron, Frames.samples(frames, order)),
        "permuted");
    assertArrayEquals(
        Spikes.samples(all, 3), spikes(engine, named, neuron, Frames.samples(frames, 3)), "alone");
  }

  @ParameterizedTest
  @MethodSource("allCases")
  void shouldNotDependOnTheNumberOfThreads(
      SimulationEngine engine, NamedSynapse named, NeuronDynamics neuron, Frames kind)
      throws Exception {
    INDArray frames = kind.random(named.input(), SAMPLES, STEPS, 4);
    float[][][] here = spikes(engine, named, neuron, frames);
    for (int threads : new int[] {1, 2, 5}) {
      assertArrayEquals(
          here,
          SeparatePool.run(threads, () -> spikes(engine, named, neuron, frames)),
          threads + " threads");
    }
  }

  @ParameterizedTest
  @MethodSource("exactCases")
  void shouldFireTheSpikesOfTheOtherEngine(
      SimulationEngine engine, NamedSynapse named, NeuronDynamics neuron, Frames kind) {
    INDArray frames = kind.random(named.input(), SAMPLES, LONG, 5);
    assertArrayEquals(
        spikes(engine == PLAIN ? DENSE : PLAIN, named, neuron, frames),
        spikes(engine, named, neuron, frames));
  }

  /** Blocks of steps are as long as memory allows: one for a single sample, two for two. */
  @ParameterizedTest
  @MethodSource("engines")
  void shouldNotDependOnHowStepsAreSplitInBlocks(SimulationEngine engine) {
    int inputs = 43_000;
    FeatureShape vector = FeatureShape.vector(inputs);
    Synapse synapse = new DenseSynapse(vector, RandomTrains.weights(6, inputs, 8), null);
    // About 2000 spikes per step, of 0.05 each.
    SpikingNeuron neuron = new SpikingNeuron(300, 1, Reset.bySubtraction(), 0);
    INDArray features = Nd4j.ones(2, inputs).mul(0.05);
    // The noise of inference is the same for all samples.
    NoiseKey noise = NoiseKey.inference(1);
    SpikeEncoder encoder = SpikeEncoder.poisson(LONG, 1);
    SpikeTrain two = encoder.encode(features, noise);
    SpikeTrain one = encoder.encode(Frames.samples(features, 1), noise);
    float[][][] expected = Spikes.of(engine.simulate(synapse, neuron, one));
    assertTrue(Spikes.activity(expected) > 0, "a silent layer shows nothing");
    assertArrayEquals(
        expected, Spikes.samples(Spikes.of(engine.simulate(synapse, neuron, two)), 1));
  }
}
