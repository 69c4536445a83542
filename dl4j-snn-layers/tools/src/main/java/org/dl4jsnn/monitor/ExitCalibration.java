package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.runtime.EarlyExit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What policies of {@link EarlyExit} would cost: a network's answers to labelled samples after
 * every step, from one pass over whole windows. Chooses a policy, for which the samples must be
 * held out from training, and from the test. Immutable.
 *
 * <pre>{@code
 * ExitCalibration answers = ExitCalibration.of(network, heldOut);
 * EarlyExit sure = answers.choose(EarlyExit.Measure.LEAD, 0.2); // loses at most 0.2 points
 * double steps = answers.meanSteps(sure);
 * }</pre>
 */
public final class ExitCalibration {

  /** A count of samples is compared with a share of them. */
  private static final double OF_ROUNDING = 1e-9;

  private static final double PERCENT = 100;

  /** [sample][step][class]. */
  private final double[][][] outputs;

  private final int[] labels;

  ExitCalibration(double[][][] outputs, int... labels) {
    Require.not(labels.length == 0, "samples must be at least one, got none");
    this.outputs = outputs;
    this.labels = labels;
  }

  /**
   * Runs a network.
   *
   * @param network a network with one input; otherwise as for {@link EarlyAnswers#of}
   * @param samples features of one T and labels without masks; labels with a time axis count by
   *     their mean
   * @return its answers
   * @throws IllegalArgumentException as {@link EarlyAnswers#evaluate}
   */
  public static ExitCalibration of(NeuralNetwork network, DataSetIterator samples) {
    boolean isCourse =
        MembranesOverTime.of(NetworkWalk.of(network))
            .filter(of -> of.integrators().reads() == MembraneReadOut.COURSE)
            .isPresent();
    List<double[][]> outputs = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    while (Require.given("samples", samples).hasNext()) {
      DataSet minibatch = samples.next();
      for (int label : OutputOverTime.classes(labels(minibatch))) {
        labels.add(label);
      }
      OutputOverTime answers = OutputOverTime.of(network, minibatch.getFeatures());
      outputs.addAll(bySample(answers, isCourse));
    }
    return new ExitCalibration(
        outputs.toArray(double[][][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Of a course the mean of the outputs so far. */
  private static List<double[][]> bySample(OutputOverTime answers, boolean isCourse) {
    List<double[][]> samples = new ArrayList<>();
    for (int steps = 1; steps <= answers.steps(); steps++) {
      double[][] after = answers.after(steps).castTo(DataType.DOUBLE).toDoubleMatrix();
      for (int sample = 0; sample < after.length; sample++) {
        if (steps == 1) {
          samples.add(new double[answers.steps()][]);
        }
        samples.get(sample)[steps - 1] = after[sample];
      }
    }
    if (isCourse) {
      samples.forEach(ExitCalibration::toMeans);
    }
    return samples;
  }

  private static void toMeans(double[][] ofSteps) {
    for (int j = 0; j < ofSteps[0].length; j++) {
      double sum = 0;
      for (int step = 0; step < ofSteps.length; step++) {
        sum += ofSteps[step][j];
        ofSteps[step][j] = sum / (step + 1);
      }
    }
  }

  /** The labels of a minibatch, [minibatch, nOut]. */
  static INDArray labels(DataSet minibatch) {
    Require.not(
        minibatch.getFeaturesMaskArray() != null || minibatch.getLabelsMaskArray() != null,
        "samples must have no masks, got some. Possible cause: sequences of several lengths");
    INDArray labels = minibatch.getLabels();
    return labels.rank() > 2 ? labels.mean(2) : labels;
  }

  private int steps(int sample, EarlyExit exit) {
    int last = outputs[sample].length;
    return IntStream.range(1, last)
        .filter(steps -> exit.isSure(steps, outputs[sample][steps - 1]))
        .findFirst()
        .orElse(last);
  }

  private boolean isRight(int sample, int steps) {
    return decision(sample, steps) == labels[sample];
  }

  private int decision(int sample, int steps) {
    double[] output = outputs[sample][steps - 1];
    if (output.length == 1) {
      return output[0] > OutputOverTime.BINARY ? 1 : 0;
    }
    int best = 0;
    for (int j = 1; j < output.length; j++) {
      best = output[j] > output[best] ? j : best;
    }
    return best;
  }

  private IntStream samples() {
    return IntStream.range(0, labels.length);
  }

  /**
   * Whether all answers have a measure.
   *
   * @param measure the measure
   * @return false if it needs probabilities and there are outputs that are none
   */
  public boolean takes(EarlyExit.Measure measure) {
    return Stream.of(outputs).flatMap(Stream::of).allMatch(measure::takes);
  }

  /**
   * The share of right answers under a policy.
   *
   * @param exit the policy; {@link EarlyExit#never} for whole windows
   * @return from 0 to 1
   * @throws IllegalArgumentException if the policy needs probabilities and the outputs are none
   */
  public double accuracy(EarlyExit exit) {
    return (double) samples().filter(i -> isRight(i, steps(i, exit))).count() / labels.length;
  }

  /**
   * The steps of an answer under a policy, on average.
   *
   * @param exit the policy
   * @return the mean
   * @throws IllegalArgumentException as {@link #accuracy}
   */
  public double meanSteps(EarlyExit exit) {
    return samples().map(i -> steps(i, exit)).average().orElseThrow();
  }

  /**
   * The share of answers that do not change any more after some steps.
   *
   * @param steps from 1 to T
   * @return from 0 to 1
   */
  public double settled(int steps) {
    return (double)
            samples()
                .filter(
                    i ->
                        IntStream.rangeClosed(steps, outputs[i].length)
                            .allMatch(k -> decision(i, k) == decision(i, outputs[i].length)))
                .count()
        / labels.length;
  }

  /**
   * Chooses the policy of a measure with the fewest steps that loses little.
   *
   * @param measure what tells how sure an answer is
   * @param points the accuracy that it may lose of that of whole windows, in percentage points, for
   *     instance 0.2
   * @return the policy; {@link EarlyExit#never} if there is none
   * @throws IllegalArgumentException if the number is negative or not finite, or the measure needs
   *     probabilities and the outputs are none
   */
  public EarlyExit choose(EarlyExit.Measure measure, double points) {
    Require.not(
        !(points >= 0) || Double.isInfinite(points),
        "points must be finite and not negative, got %s",
        points);
    int[] ran = samples().map(i -> outputs[i].length).toArray();
    long right = samples().filter(i -> isRight(i, ran[i])).count();
    double least = right - points / PERCENT * labels.length - OF_ROUNDING;
    EarlyExit best = EarlyExit.never();
    List<Surest> surest = surest(measure);
    for (int next = 0; next < surest.size(); ) {
      double value = surest.get(next).value;
      for (; next < surest.size() && surest.get(next).value == value; next++) {
        Surest at = surest.get(next);
        if (at.steps < ran[at.sample]) {
          right -= isRight(at.sample, ran[at.sample]) ? 1 : 0;
          ran[at.sample] = at.steps;
          right += isRight(at.sample, at.steps) ? 1 : 0;
        }
      }
      // The limits come from strict to lenient, so the last one has the fewest steps.
      if (right >= least) {
        best = EarlyExit.of(measure, possible(measure, value));
      }
    }
    return best;
  }

  /** Without what rounding adds to probabilities. */
  private static double possible(EarlyExit.Measure measure, double value) {
    return switch (measure) {
      case LEAD -> value;
      case CONFIDENCE -> Math.min(1, value);
      case ENTROPY -> Math.max(0, value);
    };
  }

  /** An answer before the end of its window, and how sure it is. */
  private record Surest(int sample, int steps, double value) {}

  /** Answers from sure to unsure. */
  private List<Surest> surest(EarlyExit.Measure measure) {
    List<Surest> all = new ArrayList<>();
    for (int sample = 0; sample < labels.length; sample++) {
      for (int steps = 1; steps < outputs[sample].length; steps++) {
        double value = measure.of(outputs[sample][steps - 1]);
        if (Double.isFinite(value)) {
          all.add(new Surest(sample, steps, value));
        }
      }
    }
    Comparator<Surest> byValue = Comparator.comparingDouble(Surest::value);
    all.sort(measure == EarlyExit.Measure.ENTROPY ? byValue : byValue.reversed());
    return all;
  }
}
