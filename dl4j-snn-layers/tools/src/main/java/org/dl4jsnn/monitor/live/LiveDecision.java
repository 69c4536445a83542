package org.dl4jsnn.monitor.live;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.OutputOverTime;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network would answer if it stopped after a time step.
 *
 * @param answer the class chosen at the end
 * @param settled the number of steps after which the answer no longer changes
 * @param classes the outputs of the classes; with more than ten, of those largest at the end
 */
public record LiveDecision(int answer, int settled, List<OfClass> classes) {

  private static final int MOST_CLASSES = 10;

  /**
   * A class.
   *
   * @param label its index
   * @param outputs its output after every step
   */
  public record OfClass(int label, List<Double> outputs) {

    /**
     * Copies the outputs.
     *
     * @param label its index
     * @param outputs its output after every step
     */
    public OfClass {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Copies the classes.
   *
   * @param answer the class chosen at the end
   * @param settled the number of steps after which the answer no longer changes
   * @param classes the outputs of the classes
   */
  public LiveDecision {
    classes = List.copyOf(classes);
  }

  /** That of the first sample. */
  static LiveDecision of(OutputOverTime outputs) {
    int steps = outputs.steps();
    List<double[]> answers = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      INDArray answer = outputs.after(step);
      answers.add(answer.slice(0).toDoubleVector());
    }
    double[] last = answers.get(steps - 1);
    List<OfClass> classes =
        IntStream.range(0, last.length)
            .boxed()
            .sorted(Comparator.comparingDouble(label -> -last[label]))
            .limit(MOST_CLASSES)
            .sorted()
            .map(
                label -> new OfClass(label, answers.stream().map(answer -> answer[label]).toList()))
            .toList();
    return new LiveDecision(outputs.classes(steps)[0], outputs.settled()[0], classes);
  }
}
