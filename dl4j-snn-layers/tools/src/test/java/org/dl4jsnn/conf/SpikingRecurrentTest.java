package org.dl4jsnn.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.model.StreamState;
import org.dl4jsnn.monitor.RecordedTrains;
import org.dl4jsnn.monitor.SynapticOperations;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Recurrent layers against a plain loop (equation 44 of docs/mathematics.md). */
class SpikingRecurrentTest {

  private static final int STEPS = 12;
  private static final int SAMPLES = 3;
  private static final int IN = 4;
  private static final int N = 5;
  private static final double THRESHOLD = 0.5;
  private static final double LEAK = 0.8;

  private final INDArray series =
      Nd4j.rand(rng(), SAMPLES, IN, STEPS).gt(0.6).castTo(DataType.FLOAT);
  private final INDArray labels = Nd4j.rand(rng(), SAMPLES, 2);

  private static org.nd4j.linalg.api.rng.Random rng() {
    return Nd4j.getRandomFactory().getNewRandomInstance(11);
  }

  @ParameterizedTest
  @CsvSource({
    "false, FLOAT, 0",
    "false, DOUBLE, 0",
    "true, FLOAT, 0",
    "true, DOUBLE, 0",
    "false, FLOAT, 5",
    "true, DOUBLE, 1",
    "false, DOUBLE, 5"
  })
  void shouldFireAndLearnAsTheEquationsSay(boolean oneToOne, DataType type, int segment) {
    SpatioTemporalBackprop rule = new SpatioTemporalBackprop();
    MultiLayerNetwork network =
        network(
            new SpikingRecurrent.Builder()
                .nOut(N)
                .oneToOne(oneToOne)
                .threshold(THRESHOLD)
                .leak(LEAK)
                .backprop(segment == 0 ? rule : rule.withSegments(segment))
                .build(),
            type);
    Reference reference = new Reference(network, oneToOne);
    SpikeTrain train = RecordedTrains.of(network, series.castTo(type)).before(2);
    for (int sample = 0; sample < SAMPLES; sample++) {
      reference.run(sample);
      for (int step = 0; step < STEPS; step++) {
        SpikeEvents events = new SpikeEvents(train.shape());
        train.read(sample, step, events);
        boolean[] fired = new boolean[N];
        for (int e = 0; e < events.size(); e++) {
          fired[events.neuron(e)] = true;
        }
        for (int j = 0; j < N; j++) {
          assertEquals(reference.fired[step][j], fired[j], "sample " + sample + " step " + step);
        }
      }
    }
    Networks.backprop(network, series.castTo(type), labels.castTo(type));
    Gradient gradient = network.gradient();
    assertClose(reference.ofWeights, gradient.getGradientFor("1_W"));
    assertClose(reference.ofRecurrent, gradient.getGradientFor("1_RW"));
  }

  private static void assertClose(double[][] expected, INDArray actual) {
    INDArray flat = actual.castTo(DataType.DOUBLE).dup('c').reshape(actual.length());
    int i = 0;
    for (double[] row : expected) {
      for (double value : row) {
        assertEquals(value, flat.getDouble(i++), 1e-5 * Math.max(1, Math.abs(value)));
      }
    }
    assertEquals(i, flat.length());
  }

  /** The layer in plain loops, sample by sample. */
  private final class Reference {

    private final double[][] weights;
    private final double[][] recurrent;
    private final double[][] readOut;
    private final boolean oneToOne;
    private final double[][] ofWeights = new double[IN][N];
    private final double[][] ofRecurrent;
    private final double[] bias = new double[N];
    private boolean[][] fired;

    Reference(MultiLayerNetwork network, boolean oneToOne) {
      this.oneToOne = oneToOne;
      weights = network.getParam("1_W").castTo(DataType.DOUBLE).toDoubleMatrix();
      recurrent = new double[N][N];
      INDArray own = network.getParam("1_RW").castTo(DataType.DOUBLE);
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) {
          recurrent[i][j] = oneToOne ? (i == j ? own.getDouble(i) : 0) : own.getDouble(i, j);
        }
      }
      readOut = network.getParam("2_W").castTo(DataType.DOUBLE).toDoubleMatrix();
      ofRecurrent = oneToOne ? new double[1][N] : new double[N][N];
    }

    /** The mean currents of the minibatch get a deviation and a mean. */
    void normalise(double deviation, double mean) {
      INDArray rates = series.castTo(DataType.DOUBLE).mean(2);
      for (int j = 0; j < N; j++) {
        double sum = 0;
        double squares = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
          double current = 0;
          for (int i = 0; i < IN; i++) {
            current += weights[i][j] * rates.getDouble(sample, i);
          }
          sum += current;
          squares += current * current;
        }
        double before = sum / SAMPLES;
        double scale = deviation / Math.sqrt(squares / SAMPLES - before * before + 1e-9);
        bias[j] = mean - before * scale;
        for (int i = 0; i < IN; i++) {
          weights[i][j] *= scale;
        }
      }
    }

    void run(int sample) {
      double[][] charged = new double[STEPS][N];
      fired = new boolean[STEPS][N];
      double[] membrane = new double[N];
      double[] rates = new double[N];
      for (int t = 0; t < STEPS; t++) {
        for (int j = 0; j < N; j++) {
          charged[t][j] = membrane[j] + bias[j];
          for (int i = 0; i < IN; i++) {
            charged[t][j] += weights[i][j] * series.getDouble(sample, i, t);
          }
          for (int i = 0; t > 0 && i < N; i++) {
            charged[t][j] += fired[t - 1][i] ? recurrent[i][j] : 0;
          }
        }
        for (int j = 0; j < N; j++) {
          fired[t][j] = charged[t][j] > THRESHOLD;
          rates[j] += fired[t][j] ? 1.0 / STEPS : 0;
          membrane[j] = fired[t][j] ? 0 : LEAK * charged[t][j];
        }
      }
      back(sample, charged, rates);
    }

    private void back(int sample, double[][] charged, double[] rates) {
      double[] ofRates = new double[N];
      for (int k = 0; k < 2; k++) {
        double error = -labels.getDouble(sample, k);
        for (int j = 0; j < N; j++) {
          error += rates[j] * readOut[j][k];
        }
        for (int j = 0; j < N; j++) {
          ofRates[j] += 2 * error * readOut[j][k];
        }
      }
      Surrogate surrogate = Surrogate.triangular(2 * THRESHOLD);
      double[] later = new double[N];
      for (int t = STEPS - 1; t >= 0; t--) {
        double[] now = new double[N];
        for (int i = 0; i < N; i++) {
          double ofSpike = ofRates[i] / STEPS;
          for (int j = 0; j < N; j++) {
            ofSpike += recurrent[i][j] * later[j];
            if (fired[t][i] && t < STEPS - 1 && (!oneToOne || i == j)) {
              ofRecurrent[oneToOne ? 0 : i][j] += later[j];
            }
          }
          now[i] =
              ofSpike * surrogate.derivative(charged[t][i] - THRESHOLD)
                  + (fired[t][i] ? 0 : LEAK * later[i]);
        }
        for (int i = 0; i < IN; i++) {
          for (int j = 0; j < N; j++) {
            ofWeights[i][j] += now[j] * series.getDouble(sample, i, t);
          }
        }
        later = now;
      }
    }
  }

  private static Stream<Arguments> layers() {
    return neurons()
        .flatMap(neuron -> Stream.of(Arguments.of(neuron, false), Arguments.of(neuron, true)));
  }

  private static Stream<NeuronDynamics> neurons() {
    SpikingNeuron leaky = SpikingNeuron.leakyIntegrateAndFire(0.3, 0.9);
    return Stream.of(
        leaky,
        new SynapticNeuron(leaky, 0.7),
        new AdaptiveNeuron(leaky, 0.2, 0.8),
        new RefractoryNeuron(leaky, 2));
  }

  /** Segments replay the neurons, and must find what the recurrence charged them with. */
  @ParameterizedTest
  @MethodSource("neurons")
  void shouldLearnTheSameInSegmentsWhateverTheNeuron(NeuronDynamics neuron) {
    INDArray[] gradients = new INDArray[2];
    for (int k = 0; k < 2; k++) {
      SpatioTemporalBackprop rule = new SpatioTemporalBackprop();
      MultiLayerNetwork network =
          network(
              new SpikingRecurrent.Builder()
                  .nOut(N)
                  .neuron(neuron)
                  .learnPerChannel(NeuronParameter.LEAK)
                  .backprop(k == 0 ? rule : rule.withSegments(5))
                  .build(),
              DataType.DOUBLE);
      Networks.backprop(network, series.castTo(DataType.DOUBLE), labels.castTo(DataType.DOUBLE));
      gradients[k] = network.gradient().gradient().dup();
      assertTrue(
          network.gradient().getGradientFor("1_RW").norm1Number().doubleValue() > 0,
          neuron.toString());
    }
    assertTrue(gradients[0].equalsWithEps(gradients[1], 1e-9));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void shouldFireTheSameHoweverAStreamIsCut(NeuronDynamics neuron, boolean oneToOne) {
    MultiLayerNetwork network =
        network(
            new SpikingRecurrent.Builder().nOut(N).oneToOne(oneToOne).neuron(neuron).build(),
            DataType.FLOAT);
    network.rnnTimeStep(series);
    StreamState whole = StreamState.of(network);
    network.rnnClearPreviousState();
    int first = 0;
    for (int steps : new int[] {1, 4, 1, 6}) {
      network.rnnTimeStep(series.get(all(), all(), interval(first, first + steps)).dup());
      first += steps;
    }
    assertEquals(whole, StreamState.of(network));
  }

  /** Every spike of the layer adds a weight to each neuron that it reaches, one step later. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void shouldCountAdditionsOfItsOwnSpikes(boolean oneToOne) {
    double strength = 0.01;
    MultiLayerNetwork network =
        network(
            new SpikingRecurrent.Builder()
                .nOut(N)
                .oneToOne(oneToOne)
                .threshold(0.3)
                .synapticOperationsRegularization(new SynapticOperationsRegularization(strength))
                .build(),
            DataType.FLOAT);
    SpikeTrain arriving = RecordedTrains.of(network, series).before(1);
    SpikeTrain fired = RecordedTrains.of(network, series).before(2);
    int reached = oneToOne ? 1 : N;
    double additions = (N * sum(arriving) + reached * sum(fired)) / SAMPLES;
    SynapticOperations.OfLayer counted = SynapticOperations.count(network, series).get(0);
    assertEquals(additions, counted.additions(), 1e-9);
    assertEquals(IN * N + N * reached, counted.multiplyAdds());
    DataSet data = new DataSet(series, labels);
    double score = network.score(data, true);
    double without = network.output(series).sub(labels).norm2Number().doubleValue();
    assertEquals(strength * additions, score - without * without / SAMPLES, 1e-4);
  }

  private static double sum(SpikeTrain train) {
    double sum = 0;
    for (float total : train.totals()) {
      sum += total;
    }
    return sum;
  }

  /** What comes from below is normalised, and what the neurons send one another is not. */
  @Test
  void shouldLearnWithNormalisedCurrents() {
    MultiLayerNetwork network =
        network(
            new SpikingRecurrent.Builder()
                .nOut(N)
                .threshold(THRESHOLD)
                .leak(LEAK)
                .normalization(new CurrentNormalization().startingAt(0.4, 0.1).withEpsilon(1e-9))
                .build(),
            DataType.DOUBLE);
    Reference reference = new Reference(network, false);
    reference.normalise(0.4, 0.1);
    int spikes = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      reference.run(sample);
      for (boolean[] step : reference.fired) {
        for (boolean fired : step) {
          spikes += fired ? 1 : 0;
        }
      }
    }
    assertTrue(spikes > 0, "a silent layer learns nothing");
    Networks.backprop(network, series.castTo(DataType.DOUBLE), labels.castTo(DataType.DOUBLE));
    assertClose(reference.ofRecurrent, network.gradient().getGradientFor("1_RW"));
  }

  private static MultiLayerNetwork network(BaseSpikingLayer layer, DataType type) {
    return Networks.of(
        Networks.seeded(5).dataType(type).updater(new Adam(1e-2)),
        InputType.recurrent(IN),
        SpikeEncoding.frames().build(),
        layer,
        Networks.readOut(2));
  }
}
