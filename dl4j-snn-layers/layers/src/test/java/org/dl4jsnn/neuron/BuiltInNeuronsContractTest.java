package org.dl4jsnn.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.NeuronDynamicsContract;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.contract.SavedLayers;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The built-in neurons of real numbers, and in addition for the membrane alone:
 *
 * <ul>
 *   <li>spikes are 0 or 1, the same on both engines, with every parameter at its smallest, tiny, at
 *       its largest and random;
 *   <li>without leak, a stronger constant positive current never fires less.
 * </ul>
 */
class BuiltInNeuronsContractTest extends NeuronDynamicsContract {

  @Override
  protected List<DifferentiableDynamics> neurons() {
    SpikingNeuron free = SpikingNeuron.integrateAndFire(1);
    SpikingNeuron leaky = SpikingNeuron.leakyIntegrateAndFire(0.7, 0.8);
    SpikingNeuron toValue = new SpikingNeuron(0.9, 0.6, Reset.to(-0.3), 0.2);
    SpikingNeuron subtracting =
        SpikingNeuron.leakyIntegrateAndFire(0.6, 0.875).withReset(Reset.bySubtraction());
    return List.of(
        free,
        leaky,
        toValue,
        subtracting,
        new AdaptiveNeuron(free, 0.5, 0.9),
        new AdaptiveNeuron(leaky, 1.6, 0.95),
        new AdaptiveNeuron(toValue, 0.1, 0.5),
        new AdaptiveNeuron(subtracting, 0.3, 0.8),
        AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.8, 0.9, 0.004, 0.01).withThreshold(0.2),
        AdLifNeuron.of(AdLifNeuron.Form.SYMPLECTIC, 0.5, 0.97, 0.3, 0.1).withThreshold(0.3),
        new RefractoryNeuron(free, 1),
        new RefractoryNeuron(leaky, 3),
        new RefractoryNeuron(toValue, 2),
        new RefractoryNeuron(subtracting, 2),
        new SynapticNeuron(free, 0.5),
        new SynapticNeuron(leaky, 0.9),
        new SynapticNeuron(toValue, 0.3),
        new SynapticNeuron(subtracting, 0.75));
  }

  @Override
  protected DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold) {
    if (neuron instanceof SynapticNeuron synaptic) {
      return new SynapticNeuron(
          synaptic.membrane().withThreshold(threshold), synaptic.synapticDecay());
    }
    if (neuron instanceof RefractoryNeuron refractory) {
      return new RefractoryNeuron(
          refractory.membrane().withThreshold(threshold), refractory.refractorySteps());
    }
    return ((SpikingNeuron) neuron).withThreshold(threshold); // no adaptive one scales
  }

  private static List<Reset> resets(double threshold) {
    return List.of(
        Reset.toZero(),
        Reset.bySubtraction(),
        Reset.to(threshold),
        Reset.to(-0.5),
        Reset.to(-1e-30),
        Reset.to(-Float.MAX_VALUE));
  }

  /** Membranes with parameters at their ends, tiny ones and random ones. */
  static Stream<SpikingNeuron> extremes() {
    List<SpikingNeuron> neurons = new ArrayList<>();
    for (double threshold : new double[] {Float.MIN_VALUE, 1e-30, 1, Float.MAX_VALUE}) {
      for (double leak : new double[] {Double.MIN_VALUE, 1e-30, 1}) {
        for (double membrane : new double[] {-Float.MAX_VALUE, 1e-30, Float.MAX_VALUE}) {
          resets(threshold)
              .forEach(reset -> neurons.add(new SpikingNeuron(threshold, leak, reset, membrane)));
        }
      }
    }
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      double threshold = 0.1 + 2 * random.nextDouble();
      double leak = 1 - random.nextDouble();
      double membrane = random.nextGaussian();
      resets(threshold)
          .forEach(reset -> neurons.add(new SpikingNeuron(threshold, leak, reset, membrane)));
    }
    return neurons.stream();
  }

  /** Every one, with one kind of input. */
  static Stream<Arguments> simulatedExtremes() {
    List<Frames> kinds = List.of(Frames.values());
    return Cases.crossed(kinds.size(), extremes().toList(), kinds);
  }

  @ParameterizedTest
  @MethodSource("simulatedExtremes")
  void shouldFireTheSameZerosAndOnesOnBothEngines(SpikingNeuron neuron, Frames kind) {
    INDArray frames = kind.random(FeatureShape.vector(9), 3, 40, 4);
    float[][][] spikes = Spikes.of(simulate("event", neuron, frames));
    for (float[][] sample : spikes) {
      for (float[] step : sample) {
        for (float amplitude : step) {
          assertTrue(amplitude == 0 || amplitude == 1, "a spike of " + amplitude);
        }
      }
    }
    assertArrayEquals(spikes, Spikes.of(simulate("dense", neuron, frames)));
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void shouldSurviveJsonAtTheEnds(SpikingNeuron neuron) throws Exception {
    assertEquals(neuron, SavedLayers.restored(neuron));
  }

  static Stream<SpikingNeuron> withoutLeak() {
    return Stream.of(1.0, 0.75)
        .flatMap(
            threshold ->
                resets(threshold).stream().map(reset -> new SpikingNeuron(threshold, 1, reset, 0)));
  }

  @ParameterizedTest
  @MethodSource("withoutLeak")
  void shouldNotFireLessForAStrongerCurrent(SpikingNeuron neuron) {
    int currents = 130;
    INDArray strengths = Nd4j.linspace(1, currents, currents, DataType.FLOAT).div(64);
    INDArray frames = Nd4j.ones(1, currents, 40).mul(strengths.reshape(1, currents, 1));
    for (String engine : List.of("event", "dense")) {
      float[] counts = simulate(engine, neuron, frames).totals();
      assertTrue(counts[currents - 1] > 0, "a silent neuron shows nothing");
      for (int i = 1; i < currents; i++) {
        assertTrue(counts[i - 1] <= counts[i], "at a current of " + (i + 1) / 64.0);
      }
    }
  }

  /** Each neuron has its own synapse with weight 1, so the frames are the currents. */
  private static SpikeTrain simulate(String engine, SpikingNeuron neuron, INDArray frames) {
    int neurons = (int) frames.size(1);
    DenseSynapse synapse = new DenseSynapse(FeatureShape.vector(neurons), Nd4j.eye(neurons), null);
    SpikeTrain currents = SpikeEncoder.frames().encode(frames, NoiseKey.inference(0));
    return Engines.named(engine, DataType.FLOAT).simulate(synapse, neuron, currents);
  }
}
