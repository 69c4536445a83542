package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.gradient.surrogate.DampedExponential;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.LearnedNeuron;
import org.dl4jsnn.internal.simulate.EventDrivenEngine;
import org.dl4jsnn.internal.simulate.HostLayers;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.SimulatedWindow;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Spikes, states and gradients of {@link AdLifNeuron} against those of the published code (Baronig
 * et al.), which src/test/resources/golden/adlif/README.md describes.
 */
class AdLifGoldenTest {

  private static final Path OWN = Path.of("src/test/resources/golden/adlif");

  /** The test's own folders, and further ones like them. */
  static Stream<Path> folders() throws IOException {
    String further = System.getProperty("adlif.golden.dir", "");
    return further.isEmpty() ? list(OWN) : Stream.concat(list(OWN), list(Path.of(further)));
  }

  private static Stream<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void shouldFireTheSpikesOfThePublishedCode(Path folder) {
    Vectors golden = new Vectors(folder);
    SimulatedWindow window = golden.window();
    assertArrayEquals(
        Spikes.of(SpikeEncoder.frames().encode(golden.inTime("spikes"), NoiseKey.inference(0))),
        Spikes.of(window.output()));
    assertClose("membrane", golden.inTime("membrane"), golden.states(window, 1, 0));
    // The symplectic w is that of the step before, so the last one is not known yet.
    int later = golden.form() == AdLifNeuron.Form.SYMPLECTIC ? 1 : 0;
    int known = window.output().steps() - later;
    assertClose(
        "adaptation",
        first(golden.inTime("adaptation"), known),
        first(golden.states(window, 2, later), known));
  }

  @ParameterizedTest
  @MethodSource("folders")
  void shouldHaveTheGradientsOfThePublishedCode(Path folder) {
    Vectors golden = new Vectors(folder);
    SimulatedWindow window = golden.window();
    StepGradient gradient =
        new StepGradient(
            Optional.of(golden.spikeGradient()),
            golden.read("spike_gradient").sum(0), // nothing is left to spread over the steps
            window.output().steps());
    GoldenPass pass = new GoldenPass(window, golden.recurrent() ? golden.neurons() : 0);
    new UnrolledLayer(window, new DampedExponential(0.2, 0.4), true, window.output().steps())
        .backprop(gradient, DataType.FLOAT, pass);
    assertClose("W", golden.read("grad_weight").transpose(), pass.gradients.get(Synapse.WEIGHT));
    assertClose("b", golden.read("grad_bias"), pass.gradients.get(Synapse.BIAS));
    if (golden.recurrent()) {
      INDArray expected = golden.read("grad_recurrent").transpose();
      assertClose("V", expected, pass.gradients.get(Recurrence.WEIGHT));
    }
    assertClose("α", golden.read("grad_decay_u"), pass.learned(1));
    assertClose("β", golden.read("grad_decay_w"), pass.learned(2));
    assertClose("a", golden.read("grad_a"), pass.learned(3));
    assertClose("b", golden.read("grad_b"), pass.learned(4));
    assertClose("input", golden.inTime("grad_input"), pass.inTime());
  }

  private static INDArray first(INDArray inTime, int steps) {
    return inTime
        .get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, steps))
        .dup('c');
  }

  private static void assertClose(String what, INDArray expected, INDArray actual) {
    INDArray reshaped = actual.reshape('c', expected.shape());
    double distance = expected.sub(reshaped).norm2Number().doubleValue();
    double norm = expected.norm2Number().doubleValue();
    assertTrue(distance <= 1e-4 * norm, what + " is " + distance / norm + " of its norm apart");
  }

  /** One folder. */
  private record Vectors(Path folder) {

    INDArray read(String name) {
      return Nd4j.createFromNpyFile(folder.resolve(name + ".npy").toFile())
          .castTo(DataType.FLOAT)
          .dup('c');
    }

    /** From [T, B, n] to [B, n, T]. */
    INDArray inTime(String name) {
      return read(name).permute(1, 2, 0).dup('c');
    }

    boolean recurrent() {
      return Files.exists(folder.resolve("recurrent.npy"));
    }

    AdLifNeuron.Form form() {
      boolean euler = folder.getFileName().toString().startsWith("ef");
      return euler ? AdLifNeuron.Form.EULER : AdLifNeuron.Form.SYMPLECTIC;
    }

    int neurons() {
      return (int) read("a").length();
    }

    private List<Double> numbers(String name) {
      List<Double> numbers = new ArrayList<>();
      for (double number : read(name).toDoubleVector()) {
        numbers.add(number);
      }
      return numbers;
    }

    SimulatedWindow window() {
      AdLifNeuron neuron =
          new AdLifNeuron(
              form(),
              1,
              numbers("decay_u"),
              numbers("decay_w"),
              numbers("a"),
              numbers("b"),
              AdLifNeuron.PUBLISHED_SCALE);
      List<NeuronParameter> learned = new ArrayList<>(neuron.parameters());
      for (int p = 1; p < learned.size(); p++) {
        learned.set(p, learned.get(p).learned(learned.get(p).free()));
      }
      LearnedNeuron learning = new LearnedNeuron(neuron, learned);
      DenseSynapse synapse =
          new DenseSynapse(
              FeatureShape.vector((int) read("weight").size(1)),
              read("weight").transpose().dup('c'),
              read("bias"));
      Recurrence recurrence =
          recurrent() ? Recurrence.full(read("recurrent").transpose().dup('c')) : Recurrence.NONE;
      SpikeTrain input = SpikeEncoder.frames().encode(inTime("input"), NoiseKey.inference(0));
      SpikeTrain output =
          EventDrivenEngine.of(recurrence, HostLayers.FRESH).simulate(synapse, neuron, input);
      return new SimulatedWindow(
          synapse, recurrence, learning, NeuronState.atRest(), input, output);
    }

    /** A state variable after every step, or as many steps later, [B, n, T]. */
    INDArray states(SimulatedWindow window, int variable, int later) {
      INDArray states = inTime("spikes").mul(0);
      int steps = window.output().steps();
      MembraneReplay replay =
          new MembraneReplay(window, MembraneReplay.charges(window.synapse()).get());
      for (int sample = 0; sample < window.output().minibatch(); sample++) {
        var neurons = replay.start(sample);
        for (int step = 0; step < steps; step++) {
          replay.run(sample, step, step + 1, neurons, MembraneReplay.NOBODY);
          for (int i = 0; i < neurons.count() && step >= later; i++) {
            states.putScalar(sample, i, step - later, neurons.variable(variable)[i]);
          }
        }
      }
      return states;
    }

    SpikeGradient spikeGradient() {
      INDArray given = read("spike_gradient").permute(1, 0, 2).dup('c'); // [B, T, n]
      int minibatch = (int) given.size(0);
      int steps = (int) given.size(1);
      SpikeGradient gradient =
          new SpikeGradient(
              new GradientMemory(),
              FeatureShape.vector(neurons()),
              minibatch,
              steps,
              DataType.FLOAT);
      gradient.put(0, 0, steps, given.reshape('c', (long) minibatch * steps, neurons()));
      return gradient;
    }
  }
}
