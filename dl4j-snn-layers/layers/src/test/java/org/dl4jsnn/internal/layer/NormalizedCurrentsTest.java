package org.dl4jsnn.internal.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.Settings;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The normalisation of currents and both ways back, against numerical gradients. */
class NormalizedCurrentsTest {

  private static final double STEP = 1e-2;

  /** A layer, its parameters and a minibatch of graded spikes, one event per neuron and step. */
  private record Setting(
      String name, BaseSpikingLayer layer, FeatureShape input, int minibatch, int steps) {

    Map<String, INDArray> parameters() {
      Random random = new Random(1);
      long outputs = layer.getNOut();
      Map<String, INDArray> parameters = new HashMap<>();
      long[] shape =
          layer instanceof SpikingDense
              ? new long[] {input.neurons(), outputs}
              : new long[] {outputs, input.channels(), 3, 3};
      parameters.put(Synapse.WEIGHT, random(random, shape));
      parameters.put(CurrentNormalization.GAIN, random(random, outputs).addi(1));
      parameters.put(CurrentNormalization.SHIFT, random(random, outputs));
      parameters.put(CurrentNormalization.MEAN, random(random, outputs));
      parameters.put(CurrentNormalization.VARIANCE, random(random, outputs).muli(0.5).addi(1));
      return parameters;
    }

    SpikeTrain train(INDArray rates) {
      INDArray[] frames = Collections.nCopies(steps, rates).toArray(INDArray[]::new);
      return SpikeEncoder.frames().encode(Nd4j.stack(2, frames), NoiseKey.inference(0));
    }

    INDArray rates() {
      return random(new Random(2), input.arrayShape(minibatch));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static INDArray random(Random random, long... shape) {
    INDArray array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextInt(65) / 64.0 - 0.5);
    }
    return array;
  }

  static Stream<Setting> settings() {
    return Stream.of(
        new Setting(
            "dense",
            new SpikingDense.Builder()
                .nIn(6)
                .nOut(4)
                .normalization(new CurrentNormalization())
                .build(),
            FeatureShape.vector(6),
            5,
            4),
        new Setting(
            "convolution",
            new SpikingConvolution2D.Builder(3, 3)
                .nIn(2)
                .nOut(3)
                .normalization(new CurrentNormalization())
                .build(),
            FeatureShape.image(2, 4, 5),
            3,
            4));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldGiveEveryChannelItsGainAndShift(Setting setting) {
    Map<String, INDArray> parameters = setting.parameters();
    INDArray current = currents(setting, parameters, setting.rates());
    long channels = current.size(1);
    INDArray byChannel = current.swapAxes(0, 1).dup('c').reshape('c', channels, -1);
    for (int c = 0; c < channels; c++) {
      INDArray channel = byChannel.getRow(c);
      assertEquals(
          parameters.get(CurrentNormalization.SHIFT).getDouble(c),
          channel.meanNumber().doubleValue(),
          1e-5);
      assertEquals(
          parameters.get(CurrentNormalization.GAIN).getDouble(c),
          channel.stdNumber(false).doubleValue(),
          1e-3, // what ε takes from it
          "deviation of channel " + c);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shouldFoldIntoTheSynapsesWhatItNormalises(Setting setting) {
    Map<String, INDArray> parameters = setting.parameters();
    for (boolean training : new boolean[] {true, false}) {
      SpikeTrain train = setting.train(setting.rates());
      InputCurrents currents = ofPass(setting, train, parameters, training);
      INDArray accumulated = accumulated(setting, currents, train);
      INDArray folded = accumulated.ulike();
      currents.synapse().current(counts(train, setting), setting.steps(), folded);
      assertClose(folded, accumulated, 1e-5);
    }
  }

  /** With rates at once, and from gradients of the folded synapses. */
  @ParameterizedTest
  @MethodSource("settings")
  void shouldGoBackThroughTheStatistics(Setting setting) {
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    for (boolean folded : new boolean[] {false, true}) {
      Map<String, INDArray> parameters = setting.parameters();
      Map<String, INDArray> gradients = zeros(parameters);
      INDArray rates = setting.rates();
      INDArray delta = delta(setting);
      InputCurrents currents = ofPass(setting, setting.train(rates), parameters, true);
      INDArray below;
      if (folded) {
        Map<String, INDArray> ofSynapse = currents.synapseGradients(gradients);
        INDArray collected = currents.synapse().backprop(rates, delta, ofSynapse, none);
        below = currents.finish(collected, gradients, none);
      } else {
        below = currents.propagate(rates, delta, true, gradients, none);
      }
      assertGradients(setting, parameters, gradients, below);
    }
  }

  @Test
  void shouldMoveRunningAveragesByTheirDecay() {
    Setting setting = settings().findFirst().orElseThrow();
    Map<String, INDArray> parameters = setting.parameters();
    Map<String, INDArray> gradients = zeros(parameters);
    SpikeTrain train = setting.train(setting.rates());
    InputCurrents currents = ofPass(setting, train, parameters, true);
    currents.propagate(
        setting.rates(), delta(setting), true, gradients, LayerWorkspaceMgr.noWorkspaces());
    INDArray plain = setting.rates().mmul(parameters.get(Synapse.WEIGHT));
    for (int c = 0; c < 4; c++) {
      double old = parameters.get(CurrentNormalization.MEAN).getDouble(c);
      double mean = plain.getColumn(c).meanNumber().doubleValue();
      assertEquals(
          0.9 * old + 0.1 * mean,
          old - gradients.get(CurrentNormalization.MEAN).getDouble(c),
          1e-6);
      double oldVariance = parameters.get(CurrentNormalization.VARIANCE).getDouble(c);
      double variance = plain.getColumn(c).varNumber().doubleValue() * 4 / 5;
      assertEquals(
          0.9 * oldVariance + 0.1 * variance,
          oldVariance - gradients.get(CurrentNormalization.VARIANCE).getDouble(c),
          1e-6);
    }
  }

  /** Compares with (L(x + h) − L(x − h)) / 2h for L = Σ δ · normalised mean current. */
  private static void assertGradients(
      Setting setting,
      Map<String, INDArray> parameters,
      Map<String, INDArray> gradients,
      INDArray below) {
    for (String name :
        new String[] {Synapse.WEIGHT, CurrentNormalization.GAIN, CurrentNormalization.SHIFT}) {
      INDArray parameter = parameters.get(name);
      for (long i = 0; i < parameter.length(); i++) {
        double numerical = difference(setting, parameters, setting.rates(), parameter, i);
        assertEquals(numerical, gradients.get(name).getDouble(i), 2e-3, name + " " + i);
      }
    }
    INDArray rates = setting.rates();
    for (long i = 0; i < rates.length(); i++) {
      double numerical = difference(setting, parameters, rates, rates, i);
      assertEquals(numerical, below.getDouble(i), 2e-3, "rate " + i);
    }
  }

  private static double difference(
      Setting setting, Map<String, INDArray> parameters, INDArray rates, INDArray at, long i) {
    double value = at.getDouble(i);
    at.putScalar(i, value + STEP);
    double above = loss(setting, parameters, rates);
    at.putScalar(i, value - STEP);
    double under = loss(setting, parameters, rates);
    at.putScalar(i, value);
    return (above - under) / (2 * STEP);
  }

  private static double loss(Setting setting, Map<String, INDArray> parameters, INDArray rates) {
    return currents(setting, parameters, rates).mul(delta(setting)).sumNumber().doubleValue();
  }

  private static INDArray currents(
      Setting setting, Map<String, INDArray> parameters, INDArray rates) {
    SpikeTrain train = setting.train(rates);
    InputCurrents currents = ofPass(setting, train, parameters, true);
    return accumulated(setting, currents, train).divi(setting.steps());
  }

  private static InputCurrents ofPass(
      Setting setting, SpikeTrain train, Map<String, INDArray> parameters, boolean training) {
    return new CurrentsOfPass(Settings.of(setting.layer()))
        .of(train, parameters, training, LayerWorkspaceMgr.noWorkspaces());
  }

  private static INDArray accumulated(Setting setting, InputCurrents currents, SpikeTrain train) {
    INDArray accumulated =
        Nd4j.create(
            DataType.DOUBLE, currents.synapse().outputShape().arrayShape(setting.minibatch()));
    currents.accumulate(() -> counts(train, setting), setting.steps(), accumulated);
    return accumulated;
  }

  private static INDArray counts(SpikeTrain train, Setting setting) {
    return Nd4j.create(train.totals())
        .castTo(DataType.DOUBLE)
        .reshape(setting.input().arrayShape(setting.minibatch()));
  }

  private static INDArray delta(Setting setting) {
    return random(
        new Random(3),
        setting.layer().outputShape(setting.input()).arrayShape(setting.minibatch()));
  }

  private static Map<String, INDArray> zeros(Map<String, INDArray> parameters) {
    Map<String, INDArray> zeros = new HashMap<>();
    parameters.forEach((name, parameter) -> zeros.put(name, parameter.like()));
    return zeros;
  }

  private static void assertClose(INDArray expected, INDArray actual, double tolerance) {
    assertEquals(0, expected.sub(actual).amaxNumber().doubleValue(), tolerance);
  }
}
