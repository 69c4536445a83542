package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.internal.simulate.NamedSynapse.window;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.convolve.ConvolutionAgreement;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.LoopAgreement;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checks that the plain and the vectorised kernels fire the same spikes with weights that are not
 * exact in any order, and that the vectorised convolutions and loops have the bits of their twin. A
 * program, so that it can be run on another Java and with shorter vectors.
 */
public final class KernelAgreement {

  /** Rows of the first image; vectors are slow where little is compiled. */
  private static final int ROWS = Cases.all() ? 11 : 6;

  private static final int MOST_SAMPLES = Cases.all() ? 4 : 2;

  private static final List<FeatureShape> IMAGES =
      List.of(
          FeatureShape.image(5, ROWS, 9),
          // Few spikes reach a position here, so that columns are simulated together.
          FeatureShape.image(1, 7, 12));

  private static final int[] OUTPUTS = {1, 7, 13, 20, 32, 33, 50, 64, 100, 200};

  private KernelAgreement() {}

  /**
   * Exits with 0 if they agree.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(
        "Java "
            + Runtime.version().feature()
            + ": compared "
            + check()
            + " layers, "
            + ConvolutionAgreement.check()
            + " convolutions and "
            + LoopAgreement.check()
            + " loops");
  }

  /** Compares; returns the number of layers compared. */
  static int check() {
    EventDrivenEngine plain = new EventDrivenEngine(Kernels.named("plain"));
    EventDrivenEngine vector = new EventDrivenEngine(Kernels.named("vector"));
    List<SpikingNeuron> neurons =
        List.of(
            SpikingNeuron.integrateAndFire(1),
            new SpikingNeuron(0.7, 0.9, Reset.bySubtraction(), 0.1),
            new SpikingNeuron(1, 0.77, Reset.to(-0.3), 0));
    return IMAGES.stream().mapToInt(image -> check(image, neurons, plain, vector)).sum();
  }

  private static int check(
      FeatureShape image,
      List<SpikingNeuron> neurons,
      EventDrivenEngine plain,
      EventDrivenEngine vector) {
    int compared = 0;
    for (int size = 0; size < OUTPUTS.length; size++) {
      int outputs = OUTPUTS[size];
      List<SpikeTrain> inputs =
          List.of(
              RandomTrains.binary(image, MOST_SAMPLES, 37, outputs),
              PackedTrains.of(RandomTrains.binary(image, MOST_SAMPLES / 2, 37, outputs)),
              RandomTrains.sparse(image, MOST_SAMPLES / 2, 37, outputs),
              RandomTrains.graded(image, MOST_SAMPLES / 2, 37, outputs));
      List<Synapse> synapses = synapses(image, outputs);
      for (int synapse = 0; synapse < synapses.size(); synapse++) {
        for (int neuron = 0; neuron < neurons.size(); neuron++) {
          for (int input = 0; input < inputs.size(); input++) {
            if (Cases.include(6, size, synapse, neuron, input)) {
              same(
                  plain.simulate(synapses.get(synapse), neurons.get(neuron), inputs.get(input)),
                  vector.simulate(synapses.get(synapse), neurons.get(neuron), inputs.get(input)));
              compared++;
            }
          }
        }
      }
    }
    return compared;
  }

  private static List<Synapse> synapses(FeatureShape image, int outputs) {
    Window2D window = window(3, 1, true);
    INDArray kernel = Nd4j.randn(outputs, image.channels(), 3, 3).muli(0.2);
    INDArray bias = Nd4j.randn(1, outputs).reshape(outputs).muli(0.1);
    INDArray dense = Nd4j.randn(image.neurons(), outputs).muli(0.1);
    List<Synapse> synapses = new ArrayList<>();
    synapses.add(new ConvolutionSynapse(window, image, kernel, null));
    synapses.add(new ConvolutionSynapse(window, image, kernel, bias));
    synapses.add(new DenseSynapse(image, dense, null));
    return synapses;
  }

  private static void same(SpikeTrain plain, SpikeTrain vector) {
    for (int sample = 0; sample < plain.minibatch(); sample++) {
      int[] one = ((BinarySpikeTrain) plain).words(sample);
      int[] other = ((BinarySpikeTrain) vector).words(sample);
      if (!Arrays.equals(one, other) || !Arrays.equals(plain.totals(), vector.totals())) {
        throw new IllegalStateException("plain and vectorised kernels must agree, and do not");
      }
    }
  }
}
