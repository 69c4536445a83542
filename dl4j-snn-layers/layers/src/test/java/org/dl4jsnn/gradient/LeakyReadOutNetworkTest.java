package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Gradients through a read-out in time: its own, and those that the layers below get. */
class LeakyReadOutNetworkTest {

  private static final int INPUTS = 4;
  private static final int HIDDEN = 6;
  private static final int OUTPUTS = 3;
  private static final int STEPS = 8;
  private static final int MINIBATCH = 5;
  private static final double LEAK = 0.75;
  private static final Surrogate SURROGATE = Surrogate.arctan(0.8);

  private enum Integrators {
    ONE_LEAK(new double[] {LEAK}, null),
    LEAKS(new double[] {0.75, 0, 0.96875}, null),
    SYNAPTIC(new double[] {LEAK}, new double[] {0.875}),
    SYNAPTIC_LEAKS(new double[] {0.75, 0, 0.96875}, new double[] {0.5, 0.875, 0.25});

    private final double[] leaks;
    private final double[] synapticDecay;

    Integrators(double[] leaks, double[] synapticDecay) {
      this.leaks = leaks;
      this.synapticDecay = synapticDecay;
    }

    private void set(LeakyReadOut.Builder builder) {
      if (leaks.length == 1) {
        builder.leak(leaks[0]);
      } else {
        builder.leaks(leaks);
      }
      if (synapticDecay != null) {
        builder.synapticDecay(synapticDecay);
      }
    }

    /** What remains of a current after some steps, [1, neurons]. */
    private INDArray left(int steps) {
      double[] left = new double[OUTPUTS];
      for (int j = 0; j < OUTPUTS; j++) {
        for (int m = 0; m <= (synapticDecay == null ? 0 : steps); m++) {
          left[j] +=
              Math.pow(of(leaks, j), steps - m) * (m == 0 ? 1 : Math.pow(of(synapticDecay, j), m));
        }
      }
      return Nd4j.createFromArray(left).reshape(1, OUTPUTS);
    }

    private static double of(double[] values, int neuron) {
      return values[values.length == 1 ? 0 : neuron];
    }
  }

  static Stream<Arguments> readings() {
    return Cases.crossed(1, List.of(MembraneReadOut.values()), List.of(Integrators.values()));
  }

  static Stream<Arguments> cases() {
    return Cases.crossed(
        2,
        List.of(MembraneReadOut.values()),
        List.of(DataType.DOUBLE, DataType.FLOAT),
        List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE),
        List.of(Integrators.values()));
  }

  /** Differences of the loss, which is smooth in the weights of the read-out. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("readings")
  void shouldHaveTheGradientOfTheLossItself(MembraneReadOut reads, Integrators integrators) {
    MultiLayerNetwork network =
        network(
            reads,
            DataType.DOUBLE,
            WorkspaceMode.ENABLED,
            new SpatioTemporalBackprop(),
            integrators);
    INDArray features = features(DataType.DOUBLE);
    INDArray labels = labels(reads, DataType.DOUBLE);
    Networks.backprop(network, features, labels);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    for (String name : List.of("2_W", "2_b")) {
      gradients.put(name, network.gradient().getGradientFor(name).dup('c'));
    }
    double h = 1e-5;
    gradients.forEach(
        (name, gradient) -> {
          INDArray values = network.getParam(name);
          assertTrue(gradient.norm2Number().doubleValue() > 0, name);
          for (long i = 0; i < values.length(); i++) {
            double value = values.getDouble(i);
            values.putScalar(i, value + h);
            double above = Networks.backprop(network, features, labels);
            values.putScalar(i, value - h);
            double below = Networks.backprop(network, features, labels);
            values.putScalar(i, value);
            // The score of loss layers is the mean over samples for any miniBatch setting.
            double difference = MINIBATCH * (above - below) / (2 * h);
            assertEquals(difference, gradient.getDouble(i), 1e-7, name + " " + i);
          }
        });
  }

  @ParameterizedTest(name = "{0}, {1}, workspaces {2}, {3}")
  @MethodSource("cases")
  void shouldHandTheGradientOfEverySpikeDown(
      MembraneReadOut reads, DataType type, WorkspaceMode mode, Integrators integrators) {
    MultiLayerNetwork network =
        network(
            reads,
            type,
            mode,
            new SpatioTemporalBackprop(SURROGATE).withAttachedReset(),
            integrators);
    Networks.backprop(network, features(type), labels(reads, type));
    UnrolledReference reference = reference(network);
    INDArray rates = reference.forward(features(DataType.DOUBLE));
    assertTrue(rates.sumNumber().doubleValue() > 0, "silent");
    List<INDArray> ofSpikes = spikeGradients(network, reads, reference.outputs(), integrators);
    Map<String, INDArray> expected = reference.backward(ofSpikes).get(0);
    double tolerance = type == DataType.DOUBLE ? 1e-6 : 2e-5;
    expected.forEach(
        (name, gradient) ->
            assertClose(gradient, network.gradient().getGradientFor("1_" + name), tolerance));
  }

  public record Eavesdropper(List<INDArray> heard) implements BackpropRule {

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      heard.add(rateGradient.detach().dup('c'));
      return pass.propagate(rateGradient.mul(0));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Eavesdropper;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** Equation 15: all spikes of a neuron move with its rate. */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("readings")
  void shouldHandTheGradientOfRatesDownToRulesOfRates(
      MembraneReadOut reads, Integrators integrators) {
    MultiLayerNetwork network =
        network(
            reads,
            DataType.DOUBLE,
            WorkspaceMode.NONE,
            new Eavesdropper(new ArrayList<>()),
            integrators);
    Networks.backprop(network, features(DataType.DOUBLE), labels(reads, DataType.DOUBLE));
    UnrolledReference reference = reference(network);
    reference.forward(features(DataType.DOUBLE));
    INDArray expected = Nd4j.create(DataType.DOUBLE, MINIBATCH, HIDDEN);
    spikeGradients(network, reads, reference.outputs(), integrators).forEach(expected::addi);
    SpikingDense layer = (SpikingDense) network.getLayer(1).conf().getLayer();
    assertClose(expected, ((Eavesdropper) layer.getBackprop()).heard().get(0), 1e-9);
  }

  @Test
  void shouldReadAnEncodingDirectly() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1),
            InputType.recurrent(INPUTS, STEPS),
            SpikeEncoding.frames().inputGradient(false).build(),
            new LeakyReadOut.Builder().nOut(OUTPUTS).leak(LEAK).build(),
            loss(MembraneReadOut.LAST));
    double before = network.params().norm2Number().doubleValue();
    network.fit(features(DataType.FLOAT), labels(MembraneReadOut.LAST, DataType.FLOAT));
    assertNotEquals(before, network.params().norm2Number().doubleValue());
  }

  /** ∂L/∂s[t] of the hidden layer, by the sums of equations 53 and 80 written out. */
  private static List<INDArray> spikeGradients(
      MultiLayerNetwork network,
      MembraneReadOut reads,
      List<INDArray> spikes,
      Integrators integrators) {
    INDArray weights = network.getParam("2_W").castTo(DataType.DOUBLE);
    INDArray bias = network.getParam("2_b").castTo(DataType.DOUBLE);
    List<INDArray> course = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      INDArray v = Nd4j.create(DataType.DOUBLE, MINIBATCH, OUTPUTS);
      for (int k = 0; k <= t; k++) {
        INDArray current = spikes.get(k).mmul(weights).addiRowVector(bias);
        v.addi(current.muliRowVector(integrators.left(t - k)));
      }
      course.add(v);
    }
    List<INDArray> direct = direct(reads, course, labels(reads, DataType.DOUBLE));
    List<INDArray> gradients = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      INDArray sum = Nd4j.create(DataType.DOUBLE, MINIBATCH, OUTPUTS);
      for (int k = t; k < STEPS; k++) {
        sum.addi(direct.get(k).mulRowVector(integrators.left(k - t)));
      }
      gradients.add(sum.mmul(weights.transpose()));
    }
    return gradients;
  }

  /** What the loss takes of the membrane at every step. */
  private static List<INDArray> direct(
      MembraneReadOut reads, List<INDArray> course, INDArray labels) {
    INDArray[] direct = new INDArray[STEPS];
    INDArray stacked = Nd4j.stack(2, course.toArray(INDArray[]::new));
    for (int t = 0; t < STEPS; t++) {
      INDArray zeros = Nd4j.create(DataType.DOUBLE, MINIBATCH, OUTPUTS);
      INDArray v = course.get(t);
      direct[t] =
          switch (reads) {
            case LAST -> t == STEPS - 1 ? v.sub(labels).mul(2) : zeros;
            case MEAN -> stacked.mean(2).sub(labels).mul(2.0 / STEPS);
            case MAXIMUM ->
                v.sub(labels).mul(2).mul(stacked.argMax(2).eq(t).castTo(DataType.DOUBLE));
            case COURSE ->
                Nd4j.nn()
                    .softmax(v, 1)
                    .sub(labels.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(t)));
          };
    }
    return List.of(direct);
  }

  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    double norm = expected.norm2Number().doubleValue();
    assertTrue(norm > 0, "nothing to compare");
    assertEquals(0, actual.castTo(DataType.DOUBLE).distance2(expected), tolerance * norm);
  }

  private static MultiLayerNetwork network(
      MembraneReadOut reads,
      DataType type,
      WorkspaceMode mode,
      BackpropRule rule,
      Integrators integrators) {
    LeakyReadOut.Builder readOut =
        new LeakyReadOut.Builder().nOut(OUTPUTS).hasBias(true).biasInit(0.25).reads(reads);
    integrators.set(readOut);
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1)
                .dataType(type)
                .updater(new NoOp())
                .trainingWorkspaceMode(mode)
                .miniBatch(false),
            InputType.recurrent(INPUTS, STEPS),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder()
                .nOut(HIDDEN)
                .threshold(0.75)
                .leak(0.875)
                .reset(Reset.bySubtraction())
                .backprop(rule)
                .build(),
            readOut.build(),
            loss(reads));
    Networks.round(network.params());
    return network;
  }

  private static Layer loss(MembraneReadOut reads) {
    return reads == MembraneReadOut.COURSE
        ? new RnnLossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build()
        : new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build();
  }

  private static UnrolledReference reference(MultiLayerNetwork network) {
    INDArray weights = network.getParam("1_W").castTo(DataType.DOUBLE).dup('c');
    return new UnrolledReference(
        List.of(
            new UnrolledReference.Layer(
                new DenseSynapse(FeatureShape.vector(INPUTS), weights, null),
                new SpikingNeuron(0.75, 0.875, Reset.bySubtraction(), 0),
                Map.of("W", weights))),
        SURROGATE,
        false,
        false);
  }

  private static INDArray features(DataType type) {
    return Frames.GRADED.random(FeatureShape.vector(INPUTS), MINIBATCH, STEPS, 5).castTo(type);
  }

  /** One class per sample, for a course at every step. */
  private static INDArray labels(MembraneReadOut reads, DataType type) {
    INDArray labels = Nd4j.create(type, MINIBATCH, OUTPUTS);
    for (int sample = 0; sample < MINIBATCH; sample++) {
      labels.putScalar(sample, sample % OUTPUTS, 1);
    }
    return reads == MembraneReadOut.COURSE
        ? labels.reshape(MINIBATCH, OUTPUTS, 1).broadcast(MINIBATCH, OUTPUTS, STEPS).dup('c')
        : labels;
  }
}
