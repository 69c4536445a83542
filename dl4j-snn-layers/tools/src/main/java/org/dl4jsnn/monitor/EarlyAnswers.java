package org.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.host.IntegratorState;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.internal.walk.SteppedWalk;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network's answers to a minibatch, each given as soon as it is sure. Samples that have answered
 * leave the minibatch, and only the others are simulated further. The answer of a sample is that of
 * {@link OutputOverTime} after so many steps, whoever else leaves and whatever the number of
 * threads; the spikes are those of a whole window.
 *
 * <pre>{@code
 * EarlyAnswers answers = EarlyAnswers.of(network, EarlyExit.lead(0.5), features);
 * int[] classes = answers.classes(); // of every sample
 * int[] steps = answers.steps(); // after so many steps
 * }</pre>
 *
 * <p>The network's streams, masks and counters are afterwards as before.
 */
public final class EarlyAnswers {

  private final INDArray outputs;
  private final int[] steps;

  /** Additions of all samples together; 0 if they were not counted. */
  private final double additions;

  private EarlyAnswers(INDArray outputs, int[] steps, double additions) {
    this.outputs = outputs;
    this.steps = steps;
    this.additions = additions;
  }

  /**
   * Runs a network.
   *
   * @param network as for {@link OutputOverTime#of(NeuralNetwork, INDArray...)}
   * @param exit when an answer is sure; of a course of membranes the mean of its outputs over the
   *     steps so far is judged
   * @param features one minibatch per network input
   * @return the answers
   * @throws IllegalArgumentException if the network is of another type, the number of feature
   *     arrays differs from the number of inputs, or the policy needs probabilities and the outputs
   *     are none
   */
  public static EarlyAnswers of(NeuralNetwork network, EarlyExit exit, INDArray... features) {
    Require.given("exit", exit);
    NetworkWalk walk = NetworkWalk.of(network);
    OutputOverTime.requireReadOutOfNeurons(walk);
    return run(walk, exit, network.params().dataType(), null, features);
  }

  /** Counts additions if it gets a place for fan-outs; counting takes longer than some layers. */
  @SuppressWarnings("try") // the scope is entered and left, not read
  private static EarlyAnswers run(
      NetworkWalk walk,
      EarlyExit exit,
      DataType type,
      Map<Integer, SynapticOperations.FanOuts> fanOuts,
      INDArray... features) {
    try (SteppedWalk steps = walk.stepped(features);
        MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      int minibatch = Math.toIntExact(features[0].size(0));
      Reading reading = new Reading(walk, minibatch, type);
      double[][] outputs = new double[minibatch][];
      int[] ran = new int[minibatch];
      double additions = 0;
      int[] going = IntStream.range(0, minibatch).toArray();
      int next = Math.min(exit.leastSteps(), steps.steps());
      for (int step = next; going.length > 0; step++) {
        additions += reading.next(steps, next, fanOuts, going);
        next = 1;
        double[][] answers = reading.answers(step);
        int[] unsure = new int[going.length];
        int count = 0;
        for (int i = 0; i < going.length; i++) {
          double[] answer = answers[going[i]];
          if (exit.isSure(step, answer) || step == steps.steps()) {
            outputs[going[i]] = answer;
            ran[going[i]] = step;
          } else {
            unsure[count++] = i;
          }
        }
        if (count < going.length) {
          int[] kept = Arrays.copyOf(unsure, count);
          int[] before = going;
          going = IntStream.of(kept).map(i -> before[i]).toArray();
          steps.keep(kept);
        }
      }
      return new EarlyAnswers(Nd4j.createFromArray(outputs).castTo(type), ran, additions);
    }
  }

  /** What the read-out makes of the steps so far; samples that have left keep their last. */
  private static final class Reading {

    private final NetworkWalk walk;
    private final int minibatch;
    private final DataType type;
    private final Optional<MembranesOverTime> membranes;
    private final boolean isCourse;

    /** The place whose spikes are read. */
    private final int below;

    /** What arrived there in the last steps. */
    private SpikeTrain train;

    /** Of rates, the spikes so far; made at the first step. */
    private float[] totals;

    /** Of membranes, what was read after each of the last steps, [step][minibatch · neurons]. */
    private double[][] readings = new double[0][];

    /** Of a course, the sum of outputs so far. */
    private double[][] sums;

    Reading(NetworkWalk walk, int minibatch, DataType type) {
      this.walk = walk;
      this.minibatch = minibatch;
      this.type = type;
      this.membranes = MembranesOverTime.of(walk);
      this.isCourse =
          membranes.filter(of -> of.integrators().reads() == MembraneReadOut.COURSE).isPresent();
      this.below = membranes.map(MembranesOverTime::spikes).orElse(walk.readOut().inputs().get(0));
    }

    /** Runs the next steps of the samples that go on; returns their additions. */
    double next(
        SteppedWalk steps,
        int count,
        Map<Integer, SynapticOperations.FanOuts> fanOuts,
        int... samples) {
      IntegratorState start = membranes.map(of -> of.integrators().state()).orElse(null);
      double[] additions = {0};
      steps.next(
          count,
          passage -> {
            additions[0] += fanOuts == null ? 0 : SynapticOperations.additions(passage, fanOuts);
            if (passage.part().place() == below) {
              train = passage.train().orElseThrow();
            }
          });
      if (membranes.isEmpty()) {
        totals = totals == null ? new float[minibatch * train.shape().neurons()] : totals;
        for (int step = 0; step < count; step++) {
          OutputOverTime.add(train, step, totals, samples);
        }
        return additions[0];
      }
      double[][] read = membranes.get().readings(start, train);
      int neurons = read[0].length / samples.length;
      double[] last =
          readings.length == 0 ? new double[minibatch * neurons] : readings[readings.length - 1];
      readings = new double[count][];
      for (int step = 0; step < count; step++) {
        readings[step] = last.clone();
        for (int i = 0; i < samples.length; i++) {
          System.arraycopy(read[step], i * neurons, readings[step], samples[i] * neurons, neurons);
        }
      }
      return additions[0];
    }

    /**
     * The outputs of all samples, [minibatch][nOut]; of those that have left without meaning. The
     * read-out always gets the whole minibatch, since its products may round by its size.
     */
    double[][] answers(int steps) {
      if (membranes.isEmpty()) {
        return matrix(OutputOverTime.ofTotals(walk, train.shape(), totals, steps, type));
      }
      List<INDArray> answers = membranes.get().answers(readings, minibatch, type);
      double[][] outputs = matrix(answers.get(answers.size() - 1));
      if (!isCourse) {
        return outputs;
      }
      sums = sums == null ? new double[minibatch][outputs[0].length] : sums;
      for (INDArray answer : answers) {
        double[][] after = matrix(answer);
        for (int sample = 0; sample < minibatch; sample++) {
          for (int j = 0; j < sums[sample].length; j++) {
            sums[sample][j] += after[sample][j];
            outputs[sample][j] = sums[sample][j] / steps;
          }
        }
      }
      return outputs;
    }

    private static double[][] matrix(INDArray answer) {
      return answer.castTo(DataType.DOUBLE).toDoubleMatrix();
    }
  }

  /**
   * How well a network answers early.
   *
   * @param evaluation of the answers, as Deeplearning4j evaluates a network's outputs
   * @param meanSteps the steps of an answer, on average
   * @param additions synaptic additions of a sample until its answer, on average; a recurrent
   *     layer's last step included
   * @param windowAdditions the same over the whole window
   */
  public record Evaluated(
      Evaluation evaluation, double meanSteps, double additions, double windowAdditions) {}

  /**
   * Evaluates early answers. Every minibatch also runs once over its whole window, to count its
   * additions.
   *
   * @param network a network with one input; otherwise as in {@link #of}
   * @param exit when an answer is sure
   * @param samples features and labels without masks; labels with a time axis count by their mean
   * @return the evaluation
   * @throws IllegalArgumentException as {@link #of}, or if there are no samples, or masks
   */
  public static Evaluated evaluate(NeuralNetwork network, EarlyExit exit, DataSetIterator samples) {
    NetworkWalk walk = NetworkWalk.of(network);
    OutputOverTime.requireReadOutOfNeurons(walk);
    Map<Integer, SynapticOperations.FanOuts> fanOuts = new HashMap<>();
    Evaluation evaluation = new Evaluation();
    double steps = 0;
    double additions = 0;
    double ofWindows = 0;
    double count = 0;
    while (Require.given("samples", samples).hasNext()) {
      DataSet minibatch = samples.next();
      INDArray features = minibatch.getFeatures();
      INDArray labels = ExitCalibration.labels(minibatch);
      EarlyAnswers early = run(walk, exit, network.params().dataType(), fanOuts, features);
      evaluation.eval(labels, early.outputs);
      steps += IntStream.of(early.steps).sum();
      additions += early.additions;
      for (SynapticOperations.OfLayer layer : SynapticOperations.count(network, features)) {
        ofWindows += layer.additions() * features.size(0);
      }
      count += features.size(0);
    }
    Require.not(count == 0, "samples must be at least one, got none");
    return new Evaluated(evaluation, steps / count, additions / count, ofWindows / count);
  }

  /** {@return the outputs of every sample when it answered, [minibatch, nOut]; a copy} */
  public INDArray outputs() {
    return outputs.dup();
  }

  /**
   * {@return the class of every sample: the index of its largest output; with a single output, 1 if
   * it is above 0.5 and 0 otherwise}
   */
  public int[] classes() {
    return OutputOverTime.classes(outputs);
  }

  /** {@return after how many steps every sample answered} */
  public int[] steps() {
    return steps.clone();
  }
}
