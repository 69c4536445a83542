package org.dl4jsnn.examples.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A task in which only spike timing distinguishes the classes. Every input neuron fires the same
 * number of spikes in every sample, at random steps. In class 1 two of them fire at the same steps;
 * in class 0 they never do.
 */
public final class CoincidenceTask {

  static final int NEURONS = 12;
  public static final int STEPS = 20;
  static final int CLASSES = 2;
  private static final int SPIKES = 4;

  private CoincidenceTask() {}

  /** Samples [n, neurons, T] of 0 and 1, in minibatches. */
  static DataSetIterator samples(int count, int batch, long seed) {
    Random random = new Random(seed);
    float[][][] features = new float[count][NEURONS][STEPS];
    float[][] labels = new float[count][CLASSES];
    for (int sample = 0; sample < count; sample++) {
      int label = sample % CLASSES;
      labels[sample][label] = 1;
      List<Integer> first = steps(random);
      List<Integer> second = new ArrayList<>(first);
      while (label == 0 && !Collections.disjoint(first, second)) {
        second = steps(random);
      }
      fire(features[sample][0], first);
      fire(features[sample][1], second);
      for (int neuron = 2; neuron < NEURONS; neuron++) {
        fire(features[sample][neuron], steps(random));
      }
    }
    DataSet all = new DataSet(Nd4j.create(features), Nd4j.create(labels));
    all.shuffle(seed);
    return new ListDataSetIterator<>(all.asList(), batch);
  }

  private static List<Integer> steps(Random random) {
    List<Integer> steps = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      steps.add(step);
    }
    Collections.shuffle(steps, random);
    return steps.subList(0, SPIKES);
  }

  private static void fire(float[] neuron, List<Integer> steps) {
    steps.forEach(step -> neuron[step] = 1);
  }
}
